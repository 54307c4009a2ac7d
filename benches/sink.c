/*
 * An SMTP server that takes everything and keeps nothing, faster than its clients: a measure of them, not of itself.
 *
 *     sink [--chunking] [--binarymime] [--no-pipelining] [--tls CERTIFICATE KEY]
 *
 * With --binarymime it offers CHUNKING too, without which there is no BINARYMIME (RFC 3030 section 3). With --tls, which has
 * to be compiled in (-DWITH_TLS), it offers STARTTLS.
 *
 * Listens on a free port of loopback and prints "PORT n". At the end of its stdin it prints its counters as one line of
 * name=value fields and ends. Loopback only, no limits on what a client may send: not for anything but measuring.
 *
 * The replies to a group of commands go out in one write. A turn is such a write after which nothing of the client's is
 * left to be answered: the client has had to wait for it, or could have, and the sink now waits for the client. Over a
 * link with a delay each turn is a round trip.
 */
#define _GNU_SOURCE /* accept4 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#ifdef WITH_TLS
#include <openssl/ssl.h>
#endif

enum { INPUT = 1 << 20, OUTPUT = 1 << 16 };

/* What the next octets of a connection are. */
enum state { COMMANDS, DATA, CHUNK };

struct connection {
    int socket;
#ifdef WITH_TLS
    SSL *tls;
#endif
    enum state state;
    bool closing;
    bool tls_begins; /* with the octets behind the reply to STARTTLS */
    bool message_begins; /* in DATA: no octet of it was taken yet */
    bool chunk_is_last;
    uint64_t chunk_rest;
    size_t filled; /* octets of input that wait for the rest of their line */
    size_t replied;
    char input[INPUT];
    char output[OUTPUT];
};

static struct {
    uint64_t connections, turns, messages, octets, reads;
} counters;

/* What EHLO is answered with, behind the first line. */
static const char *ehlo, *ehlo_over_tls;

static void die(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

#ifdef WITH_TLS
static SSL_CTX *tls;

static void use_certificate(const char *certificate, const char *key)
{
    tls = SSL_CTX_new(TLS_server_method());
    if (tls == NULL || SSL_CTX_use_certificate_chain_file(tls, certificate) != 1 ||
        SSL_CTX_use_PrivateKey_file(tls, key, SSL_FILETYPE_PEM) != 1)
        die("the certificate");
    /* Many records for each read(2): the sink must be faster than its clients. */
    SSL_CTX_set_read_ahead(tls, 1);
    SSL_CTX_set_default_read_buffer_len(tls, 256 << 10);
    SSL_CTX_set_num_tickets(tls, 0);
}

static bool over_tls(const struct connection *c)
{
    return c->tls != NULL;
}

static void begin_tls(struct connection *c)
{
    fcntl(c->socket, F_SETFL, O_NONBLOCK);
    c->tls = SSL_new(tls);
    if (c->tls == NULL || SSL_set_fd(c->tls, c->socket) != 1)
        c->closing = true;
    else
        SSL_set_accept_state(c->tls);
}

static ssize_t tls_answer(struct connection *c, int result)
{
    if (result > 0)
        return result;
    int error = SSL_get_error(c->tls, result);
    errno = error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? EAGAIN : ECONNRESET;
    return error == SSL_ERROR_ZERO_RETURN ? 0 : -1;
}

static ssize_t read_some(struct connection *c, char *into, size_t room)
{
    if (c->tls == NULL)
        return recv(c->socket, into, room, MSG_DONTWAIT);
    return tls_answer(c, SSL_read(c->tls, into, (int)room));
}

static ssize_t write_some(struct connection *c, const char *octets, size_t length)
{
    if (c->tls == NULL)
        return send(c->socket, octets, length, MSG_NOSIGNAL);
    return tls_answer(c, SSL_write(c->tls, octets, (int)length));
}

static void forget(struct connection *c)
{
    SSL_free(c->tls);
}
#else
static bool over_tls(const struct connection *c)
{
    (void)c;
    return false;
}

static void begin_tls(struct connection *c)
{
    c->closing = true;
}

static ssize_t read_some(struct connection *c, char *into, size_t room)
{
    return recv(c->socket, into, room, MSG_DONTWAIT);
}

static ssize_t write_some(struct connection *c, const char *octets, size_t length)
{
    return send(c->socket, octets, length, MSG_NOSIGNAL);
}

static void forget(struct connection *c)
{
    (void)c;
}
#endif

/* Writes out all replies that are due. A client that never reads them would stop the sink. */
static void flush(struct connection *c)
{
    size_t sent = 0;
    while (sent < c->replied) {
        ssize_t octets = write_some(c, c->output + sent, c->replied - sent);
        if (octets < 0 && errno != EAGAIN && errno != EINTR) {
            c->closing = true;
            break;
        }
        if (octets > 0)
            sent += (size_t)octets;
    }
    c->replied = 0;
}

static void reply(struct connection *c, const char *text)
{
    size_t length = strlen(text);
    if (c->replied + length > OUTPUT)
        flush(c);
    memcpy(c->output + c->replied, text, length);
    c->replied += length;
}

static void message_is_in(struct connection *c)
{
    counters.messages++;
    c->state = COMMANDS;
    reply(c, "250 2.0.0 taken\r\n");
}

static bool is(const char *line, size_t length, const char *verb)
{
    size_t n = strlen(verb);
    return length >= n && strncasecmp(line, verb, n) == 0;
}

static void command(struct connection *c, const char *line, size_t length)
{
    if (is(line, length, "MAIL FROM:"))
        reply(c, "250 2.1.0 sender ok\r\n");
    else if (is(line, length, "RCPT TO:"))
        reply(c, "250 2.1.5 recipient ok\r\n");
    else if (is(line, length, "DATA")) {
        reply(c, "354 go on\r\n");
        c->state = DATA;
        c->message_begins = true;
    } else if (is(line, length, "BDAT ")) {
        char *end;
        c->chunk_rest = strtoull(line + 5, &end, 10);
        c->chunk_is_last = strncasecmp(end, " LAST", 5) == 0;
        c->state = CHUNK;
    } else if (is(line, length, "EHLO")) {
        reply(c, "250-sink.example\r\n");
        reply(c, over_tls(c) ? ehlo_over_tls : ehlo);
    } else if (is(line, length, "STARTTLS")) {
        reply(c, "220 2.0.0 go on\r\n");
        c->tls_begins = true;
    } else if (is(line, length, "HELO") || is(line, length, "RSET") || is(line, length, "NOOP"))
        reply(c, "250 2.0.0 ok\r\n");
    else if (is(line, length, "QUIT")) {
        reply(c, "221 2.0.0 bye\r\n");
        c->closing = true;
    } else
        reply(c, "502 5.5.1 unknown\r\n");
}

/*
 * The three takers below get what stands between `at` and `end` and return where they stopped. Stopping at `at` means
 * that more octets are needed.
 */
static char *take_command(struct connection *c, char *at, char *end)
{
    char *newline = memchr(at, '\n', (size_t)(end - at));
    if (newline == NULL)
        return at;
    *newline = '\0'; /* ends the number behind BDAT */
    command(c, at, (size_t)(newline - at));
    return newline + 1;
}

/*
 * Looks for the line that is a dot. Base64 has no dots, so searching for them runs at the speed of memchr. The last four
 * octets may be the beginning of such a line and its CRLF: they are left for next time.
 */
static char *take_data(struct connection *c, char *at, char *end)
{
    for (char *dot = at; (dot = memchr(dot, '.', (size_t)(end - dot))) != NULL; dot++) {
        if (end - dot < 3)
            break;
        bool starts_line = dot - at >= 2 ? memcmp(dot - 2, "\r\n", 2) == 0
                                            : dot == at && c->message_begins;
        if (starts_line && memcmp(dot + 1, "\r\n", 2) == 0) {
            counters.octets += (uint64_t)(dot - at);
            message_is_in(c);
            return dot + 3;
        }
    }
    size_t taken = end - at > 4 ? (size_t)(end - at - 4) : 0;
    counters.octets += taken;
    c->message_begins &= taken == 0;
    return at + taken;
}

static char *take_chunk(struct connection *c, char *at, char *end)
{
    size_t here = (size_t)(end - at);
    size_t taken = c->chunk_rest < here ? (size_t)c->chunk_rest : here;
    c->chunk_rest -= taken;
    counters.octets += taken;
    if (c->chunk_rest == 0) {
        if (c->chunk_is_last)
            message_is_in(c);
        else
            reply(c, "250 2.0.0 chunk taken\r\n");
        c->state = COMMANDS;
    }
    return at + taken;
}

/* Answers what is in the input and keeps what is not complete. */
static void answer(struct connection *c)
{
    char *at = c->input, *end = c->input + c->filled;
    bool stuck = false;
    while (!c->closing && !stuck && (at < end || (c->state == CHUNK && c->chunk_rest == 0))) {
        enum state before = c->state;
        char *next = before == COMMANDS ? take_command(c, at, end)
                     : before == DATA   ? take_data(c, at, end)
                                        : take_chunk(c, at, end);
        /* In DATA and CHUNK whatever does not end the message is all that can be taken now. */
        stuck = before == c->state && (before != COMMANDS || next == at);
        at = next;
    }
    bool waits_for_the_client = at == end;
    c->filled = (size_t)(end - at);
    memmove(c->input, at, c->filled);
    if (c->filled == INPUT)
        c->closing = true; /* a line of 1 MiB */
    if (c->replied > 0) {
        flush(c);
        counters.turns += waits_for_the_client;
    }
    if (c->tls_begins) {
        c->tls_begins = false;
        begin_tls(c);
    }
}

static void receive(struct connection *c)
{
    bool more;
    do {
        ssize_t octets = read_some(c, c->input + c->filled, INPUT - c->filled);
        more = octets > 0 && over_tls(c); /* what TLS holds wakes nobody */
        if (octets > 0) {
            counters.reads++;
            c->filled += (size_t)octets;
            answer(c);
        } else if (octets == 0 || (errno != EAGAIN && errno != EINTR))
            c->closing = true;
    } while (more && !c->closing);
    if (c->closing) {
        forget(c);
        close(c->socket);
        free(c);
    }
}

static void watch(int epoll, int descriptor, void *what)
{
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = what};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) != 0)
        die("epoll_ctl");
}

static void welcome(int epoll, int listener)
{
    int one = 1;
    struct connection *c = malloc(sizeof *c);
    if (c == NULL)
        die("malloc");
    memset(c, 0, offsetof(struct connection, input));
    c->socket = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (c->socket < 0) {
        free(c);
        return;
    }
    setsockopt(c->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    watch(epoll, c->socket, c);
    counters.connections++;
    reply(c, "220 sink.example ESMTP\r\n");
    flush(c);
}

static int listen_on_loopback(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, length) != 0 ||
        listen(listener, 128) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &length) != 0)
        die("listening");
    printf("PORT %u\n", ntohs(address.sin_port));
    fflush(stdout);
    return listener;
}

int main(int argc, char **argv)
{
    bool chunking = false, binary = false, pipelining = true, starttls = false;
    for (int n = 1; n < argc; n++) {
        binary |= strcmp(argv[n], "--binarymime") == 0;
        chunking |= binary || strcmp(argv[n], "--chunking") == 0;
        pipelining &= strcmp(argv[n], "--no-pipelining") != 0;
#ifdef WITH_TLS
        if (strcmp(argv[n], "--tls") == 0 && n + 2 < argc) {
            use_certificate(argv[n + 1], argv[n + 2]);
            starttls = true;
        }
#endif
    }
    char offer[512], offer_over_tls[256];
    snprintf(offer_over_tls, sizeof offer_over_tls, "%s%s%s%s",
             pipelining ? "250-PIPELINING\r\n" : "", chunking ? "250-CHUNKING\r\n" : "",
             binary ? "250-BINARYMIME\r\n" : "",
             "250-SIZE 10000000000\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 ENHANCEDSTATUSCODES\r\n");
    snprintf(offer, sizeof offer, "%s%s", starttls ? "250-STARTTLS\r\n" : "", offer_over_tls);
    ehlo = offer;
    ehlo_over_tls = offer_over_tls;

    /* The addresses of these two tell their events from those of connections. */
    static char is_listener, is_stdin;
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    int listener = listen_on_loopback();
    watch(epoll, listener, &is_listener);
    watch(epoll, STDIN_FILENO, &is_stdin);
    for (bool stop = false; !stop;) {
        struct epoll_event events[64];
        int ready = epoll_wait(epoll, events, 64, -1);
        for (int n = 0; n < ready; n++) {
            char ignored[64];
            if (events[n].data.ptr == &is_listener)
                welcome(epoll, listener);
            else if (events[n].data.ptr == &is_stdin)
                stop = read(STDIN_FILENO, ignored, sizeof ignored) <= 0;
            else
                receive(events[n].data.ptr);
        }
    }
    printf("connections=%llu turns=%llu messages=%llu octets=%llu reads=%llu\n",
           (unsigned long long)counters.connections, (unsigned long long)counters.turns,
           (unsigned long long)counters.messages, (unsigned long long)counters.octets,
           (unsigned long long)counters.reads);
    return 0;
}
