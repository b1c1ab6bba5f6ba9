/* Phones for the load benchmark, and the floor it is measured against.

   phones load PORT PHONES SECONDS TAPS   that many phones on one epoll loop: join, read, acknowledge twice a
                                          second; SECONDS without taps, then SECONDS with TAPS a second each
   phones floor PORT PHONES HERTZ BYTES   a server that only sends: one send() per phone and tick

   Lines on standard output: "joined", then "quiet {json}" and "taps {json}". Linux. */

#define _GNU_SOURCE
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

#define BUCKETS 40000 /* of 0.1 ms */
#define ROOM 16384

typedef struct {
  int fd, stage; /* 0 waits for 101, 1 for the welcome, 2 is in */
  size_t have;
  long seq;
  double ack, tap;
  unsigned char data[ROOM];
} Phone;

static long ages[BUCKETS], messages, gaps;

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

/* One masked text frame with a mask of zeros: what is masked with it is itself. */
static void say(Phone *p, const char *text) {
  unsigned char frame[256];
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
  if (send(p->fd, frame, h + 4 + n, MSG_NOSIGNAL) < 0) gaps++;
}

static double number_after(const char *text, const char *key) {
  const char *at = strstr(text, key);
  return at ? atof(at + strlen(key)) : -1;
}

static int hear(Phone *p, char *text, int *joined) {
  if (p->stage == 1) {
    p->stage = 2;
    (*joined)++;
    p->seq = (long)number_after(text, "\"s\":");
    return 0;
  }
  double at = number_after(text, "\"at\":");
  if (at < 0) return 0;
  p->seq = (long)number_after(text, "\"s\":");
  long bucket = (long)((now_ms() - at) * 10);
  ages[bucket < 0 ? 0 : bucket >= BUCKETS ? BUCKETS - 1 : bucket]++;
  messages++;
  return 0;
}

static void take(Phone *p, int *joined) {
  ssize_t n = recv(p->fd, p->data + p->have, ROOM - 1 - p->have, 0);
  if (n <= 0) {
    if (n == 0 || errno != EAGAIN) {
      fprintf(stderr, "a phone was cut off\n");
      exit(1);
    }
    return;
  }
  p->have += n;
  p->data[p->have] = 0;
  size_t at = 0;
  if (p->stage == 0) {
    char *end = strstr((char *)p->data, "\r\n\r\n");
    if (!end) return;
    at = end + 4 - (char *)p->data;
    p->stage = 1;
    say(p, "{\"t\":\"hello\",\"v\":1}");
  }
  while (p->have - at >= 2) {
    size_t h = 2, len = p->data[at + 1] & 127;
    if (len == 126) {
      if (p->have - at < 4) break;
      len = p->data[at + 2] << 8 | p->data[at + 3];
      h = 4;
    }
    if (p->have - at < h + len) break;
    char kept = p->data[at + h + len];
    p->data[at + h + len] = 0;
    hear(p, (char *)p->data + at + h, joined);
    p->data[at + h + len] = kept;
    at += h + len;
  }
  memmove(p->data, p->data + at, p->have - at);
  p->have -= at;
}

static double percentile(double share) {
  long want = (long)(messages * share), n = 0;
  for (int i = 0; i < BUCKETS; i++)
    if ((n += ages[i]) > want) return i / 10.0;
  return BUCKETS / 10.0;
}

static void report(const char *name, double ms, int phones) {
  printf("%s {\"messages\": %ld, \"hertz\": %.2f, \"p50\": %.1f, \"p95\": %.1f, \"p99\": %.1f, \"unsent\": %ld}\n", name,
         messages, messages / (ms / 1e3) / phones, percentile(.5), percentile(.95), percentile(.99), gaps);
  fflush(stdout);
  memset(ages, 0, sizeof ages);
  messages = gaps = 0;
}

static int load(int port, int n, double seconds, double taps) {
  Phone *phones = calloc(n, sizeof *phones);
  int ep = epoll_create1(0), opened = 0, joined = 0;
  char request[256], text[96];
  int size = snprintf(request, sizeof request,
                      "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\nUpgrade: websocket\r\n"
                      "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                      "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
                      port, port);
  struct sockaddr_in a = loopback(port);
  struct epoll_event got[512];
  double begun = now_ms(), phase = 0, swept = 0;
  int tapping = 0;
  for (;;) {
    while (opened < n && opened - joined < 200) {
      Phone *p = &phones[opened++];
      p->fd = socket(AF_INET, SOCK_STREAM, 0);
      if (connect(p->fd, (struct sockaddr *)&a, sizeof a)) return perror("connect"), 1;
      fcntl(p->fd, F_SETFL, O_NONBLOCK);
      setsockopt(p->fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
      send(p->fd, request, size, MSG_NOSIGNAL);
      struct epoll_event e = {.events = EPOLLIN, .data.ptr = p};
      epoll_ctl(ep, EPOLL_CTL_ADD, p->fd, &e);
      p->ack = begun + 500.0 * (opened % 100) / 100;
      p->tap = begun + 1000.0 * (opened % 97) / 97;
    }
    int m = epoll_wait(ep, got, 512, 5), was = joined;
    for (int i = 0; i < m; i++) take(got[i].data.ptr, &joined);
    double now = now_ms();
    if (joined == n && was < n) {
      printf("joined %.0f\n", now - begun);
      fflush(stdout);
      messages = 0;
      memset(ages, 0, sizeof ages);
      phase = now;
    }
    if (now - swept >= 5) {
      swept = now;
      for (int i = 0; i < opened; i++) {
        Phone *p = &phones[i];
        if (p->stage < 2) continue;
        if (now >= p->ack) {
          snprintf(text, sizeof text, "{\"t\":\"ack\",\"s\":%ld}", p->seq);
          say(p, text);
          p->ack = now + 500;
        }
        if (tapping && now >= p->tap) {
          say(p, "{\"t\":\"act\",\"verb\":\"tap\",\"n\":7,\"x\":0.512,\"y\":0.25,\"v\":0.9}");
          p->tap = now + 1000 / taps;
        }
      }
    }
    if (phase && now - phase >= seconds * 1e3) {
      report(tapping ? "taps" : "quiet", now - phase, n);
      if (tapping || taps <= 0) return 0;
      tapping = 1;
      phase = now;
    }
  }
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

int main(int argc, char **argv) {
  if (argc == 6 && !strcmp(argv[1], "load"))
    return load(atoi(argv[2]), atoi(argv[3]), atof(argv[4]), atof(argv[5]));
  if (argc == 6 && !strcmp(argv[1], "floor"))
    return floor_of(atoi(argv[2]), atoi(argv[3]), atof(argv[4]), atoi(argv[5]));
  fprintf(stderr, "usage: phones load PORT PHONES SECONDS TAPS | phones floor PORT PHONES HERTZ BYTES\n");
  return 2;
}
