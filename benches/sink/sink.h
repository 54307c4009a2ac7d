/* What the parts of the sink share: smtp.c takes commands and messages, transport.c carries octets, main.c serves connections. */
#ifndef SINK_H
#define SINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#ifdef WITH_TLS
#include <openssl/ssl.h>
#endif

enum { INPUT = 1 << 20, OUTPUT = 1 << 16 };

/* What the next octets of a connection are. */
enum state { COMMANDS, DATA, CHUNK };

/* How far a transaction is. */
enum phase { NO_EHLO, READY, HAS_SENDER, HAS_RECIPIENT, HAS_CHUNK };

/* Octets that grow at one end and go at the other. */
struct queue {
    char *octets;
    size_t start, end, room;
};

struct connection {
    int socket;
#ifdef WITH_TLS
    SSL *tls;
#endif
    enum state state;
    enum phase phase;
    bool closing; /* as soon as all replies are out */
    bool broken;  /* nothing can be read or written any more */
    bool waits_for_room; /* the client does not read what it is written */
    bool has_written; /* since the last read */
    bool tls_begins; /* with the octets behind the reply to STARTTLS */
    bool message_begins; /* in DATA: no octet of it was taken yet */
    bool chunk_is_last, chunk_is_wrong;
    bool at_end;    /* of what the client sends */
    unsigned on_the_way; /* parcels */
    uint32_t watched; /* events of the socket; none, if it is watched no more */
    uint64_t chunk_rest;
    struct queue arrived, due; /* behind the delay and not taken yet; to be written to the socket */
    size_t filled; /* octets of input that wait for the rest of their line */
    size_t replied, sent; /* octets of output, and how many of them are out */
    struct connection *next_spare;
    char input[INPUT];
    char output[OUTPUT];
};

extern struct counters {
    uint64_t connections, turns, messages, recipients, octets, reads, resumed, refused;
} counters;

extern struct settings {
    bool pipelining, chunking, binary, tls, resume;
    uint64_t delay_ns;
} settings;

extern int epoll, timer;

/* main.c */
void die(const char *what);
void *need(void *memory);
void watch(struct connection *c, uint32_t events);

/* smtp.c */
void make_offers(void);
void welcome(struct connection *c);
bool take(struct connection *c);

/* transport.c: the delay, and TLS above it */
struct parcel {
    struct parcel *next;
    struct connection *connection;
    uint64_t due_ns;
    bool to_client;
    size_t length;
    char octets[];
};

void send_off(struct connection *c, bool to_client, const char *octets, size_t length);
struct parcel *next_due(void);
void arrive(struct connection *c, const struct parcel *parcel);
void write_due(struct connection *c);
void prepare_tls(const char *certificate, const char *key);
void begin_tls(struct connection *c);
void end_tls(struct connection *c);
bool over_tls(const struct connection *c);
bool holds_more(const struct connection *c);
ssize_t read_some(struct connection *c, char *into, size_t room);
ssize_t write_some(struct connection *c, const char *octets, size_t length);
void forget_transport(struct connection *c);

#endif
