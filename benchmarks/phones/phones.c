/* Phones for the load benchmark: thousands of them on one epoll loop, told what to do on standard input.

   join N PORT[,PORT] ONCE [PATH,PATH]  N more phones; ONCE 1 all at the same moment, 0 some hundred at a time;
                                        with paths each first fetches these, as a browser does
   taps RATE                            everyone does what is open so often a second, 0 nobody; no votes, no words
   sleep N | wake                       the first N stop reading and speaking | go on
   watch FROM TO                        count from zero, only phones FROM..TO
   report                               one line of JSON about them
   room CODE                            what they say at the door from now on
   quit

   Says {"in": ...} whenever all that ever joined are in. Who loses the socket comes back with its token after
   a random time, as docs/protocol.md asks. Linux.

   phones floor PORT N HERTZ BYTES      instead: a server that only calls send(), what everything is measured by */

#define _GNU_SOURCE
#include "phones.h"

enum { OUT, PAGE, SHAKE, HELLO, IN };

typedef struct {
  int fd, page, stage, port, path, id, tries, asleep;
  size_t have;
  long seq, heard, body;
  double ack, tap, retry, last, gap, tapped;
  char token[64];
  unsigned char *data;
} Phone;

static Phone *phones;
static int ep, total, in, opened, once, from, to, returned, strangers, lost, paths, ports, port_of[8], acks;
static char *path_of[32], room[16], verb[20];
static double rate, since, joined_ms, asked, woke;
static long unsent, held, stale;
static double oldest, fresh;
static Spread ages, seen;

static void stir(Phone *p, int op, unsigned events) {
  struct epoll_event e = {.events = events, .data.ptr = p};
  epoll_ctl(ep, op, p->fd, &e);
}

static void dial(Phone *p, int stage) {
  struct sockaddr_in a = loopback(p->port);
  p->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  setsockopt(p->fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
  p->stage = stage;
  p->have = 0;
  if (connect(p->fd, (struct sockaddr *)&a, sizeof a) && errno != EINPROGRESS) return lose_fd(&p->fd);
  stir(p, EPOLL_CTL_ADD, EPOLLOUT | EPOLLIN);
}

static void lose(Phone *p) {
  if (p->stage == IN) in--, lost++;
  lose_fd(&p->fd);
  lose_fd(&p->page);
  double most = p->tries < 2 ? 300 << p->tries : 1100; /* as the page does */
  p->tries++;
  p->stage = OUT;
  p->retry = now_ms() + most * rand() / RAND_MAX;
}

static void ask(Phone *p) { /* the next page, or the socket */
  char text[512];
  if (p->stage == PAGE)
    snprintf(text, sizeof text, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept-Encoding: gzip\r\n\r\n",
             path_of[p->path], p->port);
  else
    snprintf(text, sizeof text,
             "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\nUpgrade: websocket\r\n"
             "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
             p->port, p->port);
  send(p->fd, text, strlen(text), MSG_NOSIGNAL);
}

static void say(Phone *p, const char *text) {
  if (!say_to(p->fd, text)) unsent++;
}

static void see_verbs(const char *text) { /* the first that is open, the same for all phones */
  const char *at = strstr(text, "\"verbs\":[");
  if (!at) return;
  *verb = 0;
  sscanf(at + 9, "\"%19[a-z_-]", verb);
  if (!strcmp(verb, "vote") || !strcmp(verb, "wish")) *verb = 0;
}

static void come_in(Phone *p, char *text) {
  char token[64] = "", *at = strstr(text, "\"token\":\"");
  int id = (int)number_after(text, "\"id\":");
  if (at) sscanf(at + 9, "%63[^\"]", token);
  if (*p->token) {
    returned++;
    strangers += id != p->id;
  }
  strcpy(p->token, token);
  p->id = id;
  p->stage = IN;
  p->tries = 0;
  p->seq = (long)number_after(text, "\"s\":");
  p->last = now_ms();
  p->ack = p->last + rand() % 500;
  p->tap = p->last + rand() % 1000;
  if (++in == total) {
    joined_ms = now_ms() - asked;
    printf("{\"in\": %d, \"ms\": %.0f, \"returned\": %d, \"strangers\": %d}\n", in, joined_ms, returned, strangers);
    fflush(stdout);
  }
}

static void hear(Phone *p, char *text) {
  double now = now_ms(), at = number_after(text, "\"at\":");
  see_verbs(text);
  if (p->stage == HELLO) return come_in(p, text);
  if (!strstr(text, "\"t\":\"d\"") && !strstr(text, "\"t\":\"epoch\"")) return;
  if (at < 0) at = number_after(text, "\"g\":"); /* a real show does not say when it drew: when the gateway heard */
  p->seq = (long)number_after(text, "\"s\":");
  if (p - phones < from || p - phones >= to) return;
  if (p->heard++ && now - p->last > p->gap) p->gap = now - p->last;
  p->last = now;
  count(&ages, now - at);
  if (woke && p->asleep) {
    if (now - at > oldest) oldest = now - at;
    if (p->asleep == 1) held++;
    else if (now - at > 500) stale++;
    if (now - at < 500 && now - woke > fresh && p->asleep != 3) fresh = now - woke, p->asleep = 3;
  }
  double drawn = number_after(text, "\"seen_at\":");
  if (p->tapped && drawn >= p->tapped) {
    count(&seen, now - p->tapped);
    p->tapped = 0;
  }
}

/* The pages, one after the other; then a connection for the socket, while the first stays open. */
static void read_page(Phone *p) {
  char *end, *size;
  if (p->body < 0) {
    p->data[p->have] = 0;
    if (!(end = strstr((char *)p->data, "\r\n\r\n"))) return;
    size = strcasestr((char *)p->data, "content-length:");
    p->body = (size ? atol(size + 15) : 0) - (p->have - (end + 4 - (char *)p->data));
  } else {
    p->body -= p->have;
  }
  p->have = 0;
  if (p->body > 0) return;
  p->body = -1;
  if (++p->path < paths) return ask(p);
  stir(p, EPOLL_CTL_DEL, 0);
  p->page = p->fd;
  dial(p, SHAKE);
}

static void read_frames(Phone *p) {
  size_t at = 0;
  if (p->stage == SHAKE) {
    char hello[200], *end;
    p->data[p->have] = 0;
    if (!(end = strstr((char *)p->data, "\r\n\r\n"))) return;
    at = end + 4 - (char *)p->data;
    p->stage = HELLO;
    snprintf(hello, sizeof hello,
             *p->token ? "{\"t\":\"hello\",\"v\":1,\"room\":\"%s\",\"resume\":\"%s\"}"
                       : "{\"t\":\"hello\",\"v\":1,\"room\":\"%s\"}",
             room, p->token);
    say(p, hello);
  }
  while (p->have - at >= 2) {
    size_t h = 2, len = p->data[at + 1] & 127;
    if (len == 126) {
      if (p->have - at < 4) break;
      len = p->data[at + 2] << 8 | p->data[at + 3];
      h = 4;
    }
    if (p->have - at < h + len) break;
    if ((p->data[at] & 15) == 8) return lose(p);
    unsigned char kept = p->data[at + h + len];
    p->data[at + h + len] = 0;
    hear(p, (char *)p->data + at + h);
    p->data[at + h + len] = kept;
    at += h + len;
  }
  memmove(p->data, p->data + at, p->have - at);
  p->have -= at;
}

static void wake_up(Phone *p, unsigned events) {
  if (events & EPOLLOUT) {
    stir(p, EPOLL_CTL_MOD, EPOLLIN);
    ask(p);
  }
  if (!(events & (EPOLLIN | EPOLLERR | EPOLLHUP))) return;
  ssize_t n = recv(p->fd, p->data + p->have, ROOM - 1 - p->have, 0);
  if (n < 0 && errno == EAGAIN) return;
  if (n <= 0) return lose(p);
  p->have += n;
  if (p->stage == PAGE) read_page(p);
  else read_frames(p);
  if (p->asleep == 1 && woke && n < ROOM / 2) p->asleep = 2; /* what the sockets held is read */
}

static void speak(Phone *p, double now) {
  char text[96];
  if (p->stage == OUT && now >= p->retry) return dial(p, SHAKE);
  if (p->stage != IN || (p->asleep == 1 && !woke)) return;
  if (now >= p->ack) {
    if (acks++ % 4) snprintf(text, sizeof text, "{\"t\":\"ack\",\"s\":%ld}", p->seq);
    else snprintf(text, sizeof text, "{\"t\":\"ack\",\"s\":%ld,\"c\":%.1f}", p->seq, now);
    say(p, text);
    p->ack = now + 500;
  }
  if (rate > 0 && *verb && now >= p->tap) {
    snprintf(text, sizeof text, "{\"t\":\"act\",\"verb\":\"%s\",\"n\":7,\"x\":0.512,\"y\":0.25,\"v\":0.9}", verb);
    say(p, text);
    if (!p->tapped) p->tapped = now;
    p->tap = now + 1000 / rate;
  }
}

static void report(void) {
  double seconds = (now_ms() - since) / 1000, gap = 0;
  long messages = 0, least = 1L << 40;
  for (int i = from; i < to && i < total; i++) {
    messages += phones[i].heard;
    if (phones[i].heard < least) least = phones[i].heard;
    double silent = now_ms() - phones[i].last;
    if (phones[i].heard && silent > gap) gap = silent;
    if (phones[i].gap > gap) gap = phones[i].gap;
  }
  printf("{\"messages\": %ld, \"hertz\": %.2f, \"least_hertz\": %.2f, \"gap_ms\": %.0f, \"age\": [%.1f, %.1f, %.1f], "
         "\"seen\": [%.1f, %.1f], \"in\": %d, \"lost\": %d, \"returned\": %d, \"strangers\": %d, \"unsent\": %ld, "
         "\"held\": %ld, \"oldest_ms\": %.0f, \"stale\": %ld, \"fresh_ms\": %.0f, \"joined_ms\": %.0f}\n",
         messages, messages / seconds / (to - from), least / seconds, gap, share(&ages, .5), share(&ages, .95),
         share(&ages, .99), share(&seen, .5), share(&seen, .95), in, lost, returned, strangers, unsent, held, oldest,
         stale, fresh, joined_ms);
  fflush(stdout);
}

static void watch(int a, int b) {
  from = a;
  to = b;
  since = now_ms();
  memset(&ages, 0, sizeof ages);
  memset(&seen, 0, sizeof seen);
  for (int i = 0; i < total; i++) phones[i].heard = 0, phones[i].gap = 0, phones[i].tapped = 0;
}

static void join_in(char *words) {
  int n, now_total = total;
  char where[128], what[2048] = "";
  if (sscanf(words, "%d %127s %d %2047s", &n, where, &once, what) < 3) exit(2);
  ports = paths = 0;
  for (char *w = strtok(where, ","); w && ports < 8; w = strtok(0, ",")) port_of[ports++] = atoi(w);
  for (char *w = strtok(what, ","); w && paths < 32; w = strtok(0, ",")) path_of[paths++] = strdup(w);
  total += n;
  asked = now_ms();
  for (int i = now_total; i < total; i++) {
    phones[i].port = port_of[i % ports];
    phones[i].fd = phones[i].page = -1;
    phones[i].body = -1;
    phones[i].data = malloc(ROOM);
    phones[i].retry = 1e300;
  }
}

static int obey(char *line) {
  int a, b;
  if (!strncmp(line, "join ", 5)) join_in(line + 5);
  else if (sscanf(line, "taps %lf", &rate) == 1) return 1;
  else if (sscanf(line, "room %15s", room) == 1) return 1;
  else if (sscanf(line, "watch %d %d", &a, &b) == 2) watch(a, b);
  else if (!strncmp(line, "report", 6)) report();
  else if (sscanf(line, "sleep %d", &a) == 1)
    for (int i = 0; i < a; i++) phones[i].asleep = 1, stir(&phones[i], EPOLL_CTL_DEL, 0);
  else if (!strncmp(line, "wake", 4)) {
    woke = now_ms();
    for (int i = 0; i < total; i++)
      if (phones[i].asleep) stir(&phones[i], EPOLL_CTL_ADD, EPOLLIN);
  } else
    return 0;
  return 1;
}

int main(int argc, char **argv) {
  if (argc == 6 && !strcmp(argv[1], "floor")) return floor_of(atoi(argv[2]), atoi(argv[3]), atof(argv[4]), atoi(argv[5]));
  struct epoll_event got[512];
  char lines[4096];
  size_t have = 0;
  phones = calloc(MOST, sizeof *phones);
  ep = epoll_create1(0);
  fcntl(0, F_SETFL, O_NONBLOCK);
  for (double swept = 0;;) {
    while (opened < total && (once || opened - in < 200)) dial(&phones[opened++], paths ? PAGE : SHAKE);
    int m = epoll_wait(ep, got, 512, 3);
    for (int i = 0; i < m; i++) wake_up(got[i].data.ptr, got[i].events);
    if (now_ms() - swept < 4) continue;
    swept = now_ms();
    for (int i = 0; i < opened; i++) speak(&phones[i], swept);
    ssize_t n = read(0, lines + have, sizeof lines - 1 - have);
    if (n == 0) return 0;
    if (n > 0) have += n;
    for (char *end; (end = memchr(lines, '\n', have));) {
      *end = 0;
      if (!obey(lines)) return 0;
      have -= end + 1 - lines;
      memmove(lines, end + 1, have);
    }
  }
}
