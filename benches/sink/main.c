/*
 * An SMTP server that takes everything and keeps nothing, faster than its clients: a measure of them, not of itself.
 *
 *     sink [--no-pipelining] [--no-chunking] [--binarymime] [--delay-ms D] [--tls CERTIFICATE KEY [--resume]]
 *
 * It offers PIPELINING, CHUNKING, SIZE, 8BITMIME, SMTPUTF8 and ENHANCEDSTATUSCODES, with --binarymime BINARYMIME too, and
 * with --tls, which has to be compiled in (-DWITH_TLS), STARTTLS. With --resume it hands out tickets, by which a client can
 * resume a session of TLS on its next connection.
 *
 * Listens on a free port of loopback and prints "PORT n". At the end of its stdin it prints its counters as one line of
 * name=value fields and ends. Loopback only, no limits on what a client may send: not for anything but measuring. It
 * judges the order of commands, not what stands in them.
 *
 * One thread serves all connections. The replies to all that one read brought go out in one write. A turn is a read that
 * brought something and followed a write: the client has waited for that write, or could have. Over a link with a delay
 * each turn is at most a round trip.
 *
 * With --delay-ms all octets, those of a TLS handshake too, are on their way for so long, to the sink and from it, any
 * number at a time, like on a long and broad link. The TCP handshake is not delayed, and the kernels' acknowledgements are
 * not either, so that what Nagle's algorithm would cost a client does not show.
 */
#define _GNU_SOURCE /* accept4 */
#include "sink.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

struct counters counters;
struct settings settings = {.pipelining = true, .chunking = true};
int epoll, timer = -1;

void die(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

void *need(void *memory)
{
    if (memory == NULL)
        die("malloc");
    return memory;
}

void watch(struct connection *c, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.ptr = c};
    if (c->watched == 0 || c->watched == events)
        return;
    if (epoll_ctl(epoll, events == 0 ? EPOLL_CTL_DEL : EPOLL_CTL_MOD, c->socket, &event) != 0)
        die("epoll_ctl");
    c->watched = events;
}

/* Writes the replies that are due. Returns whether all are out. */
static bool flush(struct connection *c)
{
    while (c->sent < c->replied && !c->broken) {
        ssize_t octets = write_some(c, c->output + c->sent, c->replied - c->sent);
        if (octets > 0) {
            c->sent += (size_t)octets;
            c->has_written = true;
        } else if (octets < 0 && errno == EAGAIN)
            return false;
        else if (octets == 0 || errno != EINTR)
            c->broken = true;
    }
    c->sent = c->replied = 0;
    return true;
}

/* Takes and answers, until more is needed from the client: octets, or room to write to it. */
static void serve(struct connection *c)
{
    bool more = true;
    while (more && !c->broken) {
        c->waits_for_room = !flush(c);
        more = !c->waits_for_room && take(c);
    }
    if (c->filled == INPUT && !c->waits_for_room)
        c->broken = true; /* a line of 1 MiB */
    if (c->tls_begins && !c->waits_for_room) {
        c->tls_begins = false;
        c->broken |= c->filled > 0; /* what came in clear behind STARTTLS must not count as said over TLS */
        begin_tls(c);
    }
}

/* Connections that are over are used again, whose pages are there already. */
static struct connection *spare;

static void drop(struct connection *c)
{
    forget_transport(c);
    close(c->socket);
    c->next_spare = spare;
    spare = c;
}

/* Ends a connection that is over, as soon as nothing of it is on the way. */
static void settle(struct connection *c)
{
    bool all_is_said = c->closing && !c->waits_for_room && c->due.start == c->due.end;
    if (!c->broken && !all_is_said)
        return;
    if (!c->broken)
        end_tls(c);
    if (c->on_the_way == 0)
        drop(c);
    else if (c->broken)
        watch(c, 0);
}

/* Reads what the transport has, and serves it. */
static void receive(struct connection *c)
{
    bool more = true;
    while (more && !c->broken && !c->closing && !c->waits_for_room) {
        size_t room = INPUT - c->filled;
        ssize_t octets = read_some(c, c->input + c->filled, room);
        if (octets > 0) {
            counters.reads++;
            counters.turns += c->has_written;
            c->has_written = false;
            c->filled += (size_t)octets;
            serve(c);
            more = holds_more(c);
        } else {
            more = false;
            c->broken = octets == 0 || (errno != EAGAIN && errno != EINTR);
        }
    }
    if (c->waits_for_room)
        watch(c, EPOLLOUT);
}

/* Octets of the client's go on their way to the connection. */
static void send_off_what_came(struct connection *c)
{
    static char octets[INPUT];
    ssize_t length = recv(c->socket, octets, sizeof octets, MSG_DONTWAIT);
    if (length < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    send_off(c, false, octets, length > 0 ? (size_t)length : 0);
    if (length <= 0)
        watch(c, 0);
}

static void deliver_what_is_due(void)
{
    for (struct parcel *parcel; (parcel = next_due()) != NULL; free(parcel)) {
        struct connection *c = parcel->connection;
        if (!c->broken) {
            arrive(c, parcel);
            if (parcel->to_client)
                write_due(c);
            else
                receive(c);
        }
        settle(c);
    }
}

/* The socket of a connection can be read or written. */
static void attend(struct connection *c, uint32_t events)
{
    if (settings.delay_ns > 0) {
        if (events & EPOLLOUT)
            write_due(c);
        if (events & (EPOLLIN | EPOLLHUP | EPOLLERR))
            send_off_what_came(c);
    } else {
        if (c->waits_for_room) {
            serve(c);
            if (!c->waits_for_room && !c->broken)
                watch(c, EPOLLIN);
        }
        receive(c);
    }
    settle(c);
}

static void add_to_watch(int descriptor, void *what)
{
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = what};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) != 0)
        die("epoll_ctl");
}

static void accept_one(int listener)
{
    int one = 1, client = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (client < 0)
        return;
    struct connection *c = spare == NULL ? need(malloc(sizeof *c)) : spare;
    spare = c == spare ? c->next_spare : spare;
    memset(c, 0, offsetof(struct connection, input));
    c->socket = client;
    setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    add_to_watch(client, c);
    c->watched = EPOLLIN;
    counters.connections++;
    welcome(c);
    serve(c);
    settle(c);
}

static int listen_on_loopback(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, length) != 0 ||
        listen(listener, 1024) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &length) != 0)
        die("listening");
    printf("PORT %u\n", ntohs(address.sin_port));
    fflush(stdout);
    return listener;
}

static void read_settings(int argc, char **argv)
{
    const char *certificate = NULL, *key = NULL;
    for (int n = 1; n < argc; n++) {
        if (strcmp(argv[n], "--no-pipelining") == 0)
            settings.pipelining = false;
        else if (strcmp(argv[n], "--no-chunking") == 0)
            settings.chunking = false;
        else if (strcmp(argv[n], "--binarymime") == 0)
            settings.binary = true;
        else if (strcmp(argv[n], "--resume") == 0)
            settings.resume = true;
        else if (strcmp(argv[n], "--delay-ms") == 0 && n + 1 < argc)
            settings.delay_ns = (uint64_t)(atof(argv[++n]) * 1e6);
        else if (strcmp(argv[n], "--tls") == 0 && n + 2 < argc) {
            settings.tls = true;
            certificate = argv[++n];
            key = argv[++n];
        } else {
            fprintf(stderr, "sink: unknown or without its value: %s\n", argv[n]);
            exit(EXIT_FAILURE);
        }
    }
    if (settings.binary && !settings.chunking) { /* RFC 3030 section 3 */
        fprintf(stderr, "sink: no BINARYMIME without CHUNKING\n");
        exit(EXIT_FAILURE);
    }
    if (settings.tls)
        prepare_tls(certificate, key);
    make_offers();
}

static void tell(void)
{
    printf("connections=%llu turns=%llu messages=%llu recipients=%llu octets=%llu reads=%llu resumed=%llu "
           "refused=%llu\n",
           (unsigned long long)counters.connections, (unsigned long long)counters.turns,
           (unsigned long long)counters.messages, (unsigned long long)counters.recipients,
           (unsigned long long)counters.octets, (unsigned long long)counters.reads,
           (unsigned long long)counters.resumed, (unsigned long long)counters.refused);
}

int main(int argc, char **argv)
{
    /* The addresses of these tell their events from those of connections. */
    static char is_listener, is_stdin, is_timer;
    read_settings(argc, argv);
    signal(SIGPIPE, SIG_IGN);
    epoll = epoll_create1(EPOLL_CLOEXEC);
    int listener = listen_on_loopback();
    add_to_watch(listener, &is_listener);
    add_to_watch(STDIN_FILENO, &is_stdin);
    if (settings.delay_ns > 0) {
        timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
        add_to_watch(timer, &is_timer);
    }
    for (bool stop = false; !stop;) {
        struct epoll_event events[64];
        bool some_is_due = false;
        int ready = epoll_wait(epoll, events, 64, -1);
        for (int n = 0; n < ready; n++) {
            char ignored[64];
            void *what = events[n].data.ptr;
            if (what == &is_listener)
                accept_one(listener);
            else if (what == &is_stdin)
                stop = read(STDIN_FILENO, ignored, sizeof ignored) <= 0;
            else if (what == &is_timer)
                some_is_due = true;
            else
                attend(what, events[n].events);
        }
        /* Last, for it may end connections that have events here. */
        if (some_is_due)
            deliver_what_is_due();
    }
    tell();
    return 0;
}
