/* What the phones of the benchmark stand on: clock, sockets, frames, percentiles, and the floor. */

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define BUCKETS 200000 /* of 0.1 ms */
#define ROOM 16384
#define MOST 20000

typedef struct {
  long in[BUCKETS], n;
} Spread;

static void count(Spread *s, double ms) {
  long bucket = (long)(ms * 10);
  s->in[bucket < 0 ? 0 : bucket >= BUCKETS ? BUCKETS - 1 : bucket]++;
  s->n++;
}

static double share(Spread *s, double part) {
  long want = (long)(s->n * part), n = 0;
  for (int i = 0; s->n && i < BUCKETS; i++)
    if ((n += s->in[i]) > want) return i / 10.0;
  return -1;
}

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static struct sockaddr_in loopback(int port) {
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port)};
  a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return a;
}

static void lose_fd(int *fd) {
  if (*fd >= 0) close(*fd);
  *fd = -1;
}

static double number_after(const char *text, const char *key) {
  const char *at = strstr(text, key);
  return at ? atof(at + strlen(key)) : -1;
}

/* One masked text frame with a mask of zeros: what is masked with it is itself. */
static int say_to(int fd, const char *text) {
  unsigned char frame[512];
  size_t n = strlen(text), h = 2;
  frame[0] = 0x81;
  if (n < 126) {
    frame[1] = 0x80 | n;
  } else {
    frame[1] = 0x80 | 126;
    frame[2] = n >> 8;
    frame[3] = n & 255;
    h = 4;
  }
  memset(frame + h, 0, 4);
  memcpy(frame + h + 4, text, n);
  return send(fd, frame, h + 4 + n, MSG_NOSIGNAL) > 0;
}

static int floor_of(int port, int n, double hertz, int bytes) {
  int door = socket(AF_INET, SOCK_STREAM, 0), *fds = calloc(n, sizeof *fds);
  setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
  struct sockaddr_in a = loopback(port);
  if (bind(door, (struct sockaddr *)&a, sizeof a) || listen(door, 4096)) return perror("bind"), 1;
  const char *yes = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
  unsigned char frame[8192];
  char request[1024];
  puts("listening");
  fflush(stdout);
  for (int i = 0; i < n; i++) {
    fds[i] = accept(door, 0, 0);
    setsockopt(fds[i], IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    if (recv(fds[i], request, sizeof request, 0) <= 0) return 1;
    send(fds[i], yes, strlen(yes), MSG_NOSIGNAL);
    send(fds[i], "\x81\x02{}", 4, MSG_NOSIGNAL); /* stands for the welcome */
  }
  double next = now_ms();
  for (long seq = 1;; seq++) {
    char *text = (char *)frame + 4;
    int len = snprintf(text, 200, "{\"t\":\"d\",\"s\":%ld,\"k\":{\"at\":%.1f,\"pad\":\"", seq, now_ms());
    memset(text + len, 'x', bytes);
    len = bytes > len + 3 ? bytes - 3 : len;
    memcpy(text + len, "\"}}", 3);
    len += 3;
    unsigned char *from = frame + (len < 126 ? 2 : 0);
    from[0] = 0x81;
    if (len < 126) {
      from[1] = len;
    } else {
      from[1] = 126;
      from[2] = len >> 8;
      from[3] = len & 255;
    }
    size_t size = (char *)frame + 4 + len - (char *)from;
    for (int i = 0; i < n; i++)
      if (send(fds[i], from, size, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 && errno != EAGAIN) return 0;
    next += 1000 / hertz;
    double rest = next - now_ms();
    if (rest > 0) usleep((useconds_t)(rest * 1000));
  }
}
