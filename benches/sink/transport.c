/* Carries octets between a connection and its socket: at once or behind the delay, in clear or over TLS. */
#include "sink.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

static void append(struct queue *q, const char *octets, size_t length)
{
    if (q->start == q->end)
        q->start = q->end = 0;
    if (q->room - q->end < length) {
        q->room = 2 * (q->end + length);
        q->octets = need(realloc(q->octets, q->room));
    }
    memcpy(q->octets + q->end, octets, length);
    q->end += length;
}

static void empty(struct queue *q)
{
    free(q->octets);
    *q = (struct queue){0};
}

/*
 * The delay. Every parcel takes equally long, so they fall due in the order in which they were sent off: one list serves
 * all connections, and nobody waits for anybody. A parcel without octets is the end of what the client sends.
 */
static struct parcel *first_parcel, **behind_parcels = &first_parcel;

static uint64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static void set_timer(void)
{
    uint64_t due = first_parcel == NULL ? 0 : first_parcel->due_ns;
    struct itimerspec when = {.it_value = {(time_t)(due / 1000000000), (long)(due % 1000000000)}};
    timerfd_settime(timer, TFD_TIMER_ABSTIME, &when, NULL);
}

void send_off(struct connection *c, bool to_client, const char *octets, size_t length)
{
    struct parcel *parcel = need(malloc(sizeof *parcel + length));
    *parcel = (struct parcel){NULL, c, now_ns() + settings.delay_ns, to_client, length};
    memcpy(parcel->octets, octets, length);
    bool is_first = first_parcel == NULL;
    *behind_parcels = parcel;
    behind_parcels = &parcel->next;
    c->on_the_way++;
    if (is_first)
        set_timer();
}

/* Takes the first parcel from the list, if it is due. Otherwise there is none, and the timer tells when. */
struct parcel *next_due(void)
{
    struct parcel *parcel = first_parcel;
    uint64_t ignored;
    if (parcel == NULL || parcel->due_ns > now_ns()) {
        if (read(timer, &ignored, sizeof ignored) < 0 && errno != EAGAIN)
            die("the timer");
        set_timer();
        return NULL;
    }
    first_parcel = parcel->next;
    if (first_parcel == NULL)
        behind_parcels = &first_parcel;
    parcel->connection->on_the_way--;
    return parcel;
}

/* A parcel is through: its octets are to be read from the connection, or to be written to the socket. */
void arrive(struct connection *c, const struct parcel *parcel)
{
    append(parcel->to_client ? &c->due : &c->arrived, parcel->octets, parcel->length);
    c->at_end |= parcel->length == 0;
}

/* Writes what is due to the socket, as far as that has room. */
void write_due(struct connection *c)
{
    struct queue *due = &c->due;
    while (due->start < due->end && !c->broken) {
        ssize_t octets = send(c->socket, due->octets + due->start, due->end - due->start,
                              MSG_NOSIGNAL | MSG_DONTWAIT);
        if (octets >= 0)
            due->start += (size_t)octets;
        else if (errno == EAGAIN)
            break;
        else if (errno != EINTR)
            c->broken = true;
    }
    watch(c, due->start < due->end ? EPOLLIN | EPOLLOUT : EPOLLIN);
}

/* What lies between a connection and its socket: nothing, or the delay. */
static ssize_t raw_read(struct connection *c, char *into, size_t room)
{
    if (settings.delay_ns == 0)
        return recv(c->socket, into, room, MSG_DONTWAIT);
    size_t here = c->arrived.end - c->arrived.start;
    if (here == 0) {
        errno = EAGAIN;
        return c->at_end ? 0 : -1;
    }
    here = here < room ? here : room;
    memcpy(into, c->arrived.octets + c->arrived.start, here);
    c->arrived.start += here;
    return (ssize_t)here;
}

static ssize_t raw_write(struct connection *c, const char *octets, size_t length)
{
    if (settings.delay_ns == 0)
        return send(c->socket, octets, length, MSG_NOSIGNAL | MSG_DONTWAIT);
    send_off(c, true, octets, length);
    return (ssize_t)length;
}

#ifdef WITH_TLS
static SSL_CTX *tls;
static BIO_METHOD *transport;

static int transport_read(BIO *bio, char *into, int room)
{
    ssize_t octets = raw_read(BIO_get_data(bio), into, (size_t)room);
    BIO_clear_retry_flags(bio);
    if (octets < 0 && (errno == EAGAIN || errno == EINTR))
        BIO_set_retry_read(bio);
    return (int)octets;
}

static int transport_write(BIO *bio, const char *octets, int length)
{
    ssize_t written = raw_write(BIO_get_data(bio), octets, (size_t)length);
    BIO_clear_retry_flags(bio);
    if (written < 0 && (errno == EAGAIN || errno == EINTR))
        BIO_set_retry_write(bio);
    return (int)written;
}

static long transport_control(BIO *bio, int what, long number, void *pointer)
{
    (void)bio, (void)number, (void)pointer;
    return what == BIO_CTRL_FLUSH;
}

void prepare_tls(const char *certificate, const char *key)
{
    tls = SSL_CTX_new(TLS_server_method());
    transport = BIO_meth_new(BIO_TYPE_SOURCE_SINK, "the sink's socket");
    if (tls == NULL || transport == NULL ||
        SSL_CTX_use_certificate_chain_file(tls, certificate) != 1 ||
        SSL_CTX_use_PrivateKey_file(tls, key, SSL_FILETYPE_PEM) != 1)
        die("the certificate");
    BIO_meth_set_read(transport, transport_read);
    BIO_meth_set_write(transport, transport_write);
    BIO_meth_set_ctrl(transport, transport_control);
    /* Many records for each recv(2): the sink must be faster than its clients. */
    SSL_CTX_set_read_ahead(tls, 1);
    SSL_CTX_set_default_read_buffer_len(tls, 256 << 10);
    SSL_CTX_set_mode(tls, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_session_cache_mode(tls, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(tls, settings.resume ? 1 : 0);
    if (!settings.resume)
        SSL_CTX_set_options(tls, SSL_OP_NO_TICKET);
}

bool over_tls(const struct connection *c)
{
    return c->tls != NULL;
}

void begin_tls(struct connection *c)
{
    BIO *bio = BIO_new(transport);
    c->tls = SSL_new(tls);
    if (c->tls == NULL || bio == NULL)
        die("TLS");
    BIO_set_data(bio, c);
    BIO_set_init(bio, 1);
    SSL_set_bio(c->tls, bio, bio);
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

ssize_t read_some(struct connection *c, char *into, size_t room)
{
    return c->tls == NULL ? raw_read(c, into, room)
                          : tls_answer(c, SSL_read(c->tls, into, (int)room));
}

ssize_t write_some(struct connection *c, const char *octets, size_t length)
{
    return c->tls == NULL ? raw_write(c, octets, length)
                          : tls_answer(c, SSL_write(c->tls, octets, (int)length));
}

/* RFC 8446 section 6.1: without a word of farewell the end looks like an attacker's cut. */
void end_tls(struct connection *c)
{
    if (c->tls != NULL && SSL_get_shutdown(c->tls) == 0)
        SSL_shutdown(c->tls);
}

bool holds_more(const struct connection *c)
{
    return settings.delay_ns > 0 || (c->tls != NULL && SSL_has_pending(c->tls));
}

static void forget_tls(struct connection *c)
{
    counters.resumed += c->tls != NULL && SSL_session_reused(c->tls);
    SSL_free(c->tls);
}
#else

void prepare_tls(const char *certificate, const char *key)
{
    (void)certificate, (void)key;
    fprintf(stderr, "compiled without TLS\n");
    exit(EXIT_FAILURE);
}

bool over_tls(const struct connection *c)
{
    (void)c;
    return false;
}

void begin_tls(struct connection *c)
{
    c->broken = true;
}

ssize_t read_some(struct connection *c, char *into, size_t room)
{
    return raw_read(c, into, room);
}

ssize_t write_some(struct connection *c, const char *octets, size_t length)
{
    return raw_write(c, octets, length);
}

void end_tls(struct connection *c)
{
    (void)c;
}

bool holds_more(const struct connection *c)
{
    (void)c;
    return settings.delay_ns > 0;
}

static void forget_tls(struct connection *c)
{
    (void)c;
}
#endif

void forget_transport(struct connection *c)
{
    forget_tls(c);
    empty(&c->arrived);
    empty(&c->due);
}
