/* The server's side of SMTP: takes commands and messages from the input of a connection, and puts replies into its output. */
#include "sink.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LONGEST_REPLY = 512 };

/* What EHLO is answered with. */
static char offer[LONGEST_REPLY], offer_over_tls[LONGEST_REPLY];

void make_offers(void)
{
    snprintf(offer_over_tls, sizeof offer_over_tls, "250-sink.example\r\n%s%s%s%s",
             settings.pipelining ? "250-PIPELINING\r\n" : "",
             settings.chunking ? "250-CHUNKING\r\n" : "",
             settings.binary ? "250-BINARYMIME\r\n" : "",
             "250-SIZE 10000000000\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 ENHANCEDSTATUSCODES\r\n");
    snprintf(offer, sizeof offer, "250-sink.example\r\n%s%s", settings.tls ? "250-STARTTLS\r\n" : "",
             strchr(offer_over_tls, '\n') + 1);
}

static void reply_octets(struct connection *c, const char *text, size_t length)
{
    memcpy(c->output + c->replied, text, length);
    c->replied += length;
}

#define reply(c, literal) reply_octets(c, literal, sizeof literal - 1)

static void refuse(struct connection *c, const char *text)
{
    counters.refused++;
    reply_octets(c, text, strlen(text));
}

void welcome(struct connection *c)
{
    reply(c, "220 sink.example ESMTP\r\n");
}

static void message_is_in(struct connection *c)
{
    counters.messages++;
    c->state = COMMANDS;
    c->phase = READY;
    reply(c, "250 2.0.0 taken\r\n");
}

static void begin_chunk(struct connection *c, const char *line)
{
    char *end;
    c->chunk_rest = strtoull(line + 5, &end, 10);
    c->chunk_is_last = strncasecmp(end, " LAST", 5) == 0;
    if (end == line + 5) {
        refuse(c, "501 5.5.4 how many octets\r\n");
        return;
    }
    /* The chunk comes in any case: it must not be taken for commands (RFC 3030 section 2). */
    c->chunk_is_wrong = c->phase != HAS_RECIPIENT && c->phase != HAS_CHUNK;
    c->state = CHUNK;
}

static void greet(struct connection *c)
{
    const char *text = over_tls(c) ? offer_over_tls : offer;
    c->phase = READY;
    reply_octets(c, text, strlen(text));
}

/* Every command by its first four letters, made great. */
#define VERB(a, b, c, d) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (d))

static bool goes_on(const char *line, size_t length, const char *with)
{
    size_t n = strlen(with);
    return length >= 4 + n && strncasecmp(line + 4, with, n) == 0;
}

/* A line without its CRLF, which a NUL follows. */
static void command(struct connection *c, const char *line, size_t length)
{
    static const char unknown[] = "500 5.5.2 no such command\r\n", early[] = "503 5.5.1 not now\r\n";
    const unsigned char *l = (const unsigned char *)line;
    uint32_t verb = length < 4 ? 0 : VERB(l[0], l[1], l[2], l[3]) & 0xdfdfdfdf;
    bool alone = length == 4;
    if (verb == VERB('R', 'C', 'P', 'T') && goes_on(line, length, " TO:<")) {
        if (c->phase != HAS_SENDER && c->phase != HAS_RECIPIENT)
            refuse(c, early);
        else {
            counters.recipients++;
            c->phase = HAS_RECIPIENT;
            reply(c, "250 2.1.5 recipient ok\r\n");
        }
    } else if (verb == VERB('M', 'A', 'I', 'L') && goes_on(line, length, " FROM:<")) {
        if (c->phase != READY)
            refuse(c, early);
        else {
            c->phase = HAS_SENDER;
            reply(c, "250 2.1.0 sender ok\r\n");
        }
    } else if (verb == VERB('D', 'A', 'T', 'A') && alone) {
        if (c->phase != HAS_RECIPIENT)
            refuse(c, early);
        else {
            reply(c, "354 go on\r\n");
            c->state = DATA;
            c->message_begins = true;
        }
    } else if (verb == VERB('B', 'D', 'A', 'T') && settings.chunking && goes_on(line, length, " "))
        begin_chunk(c, line);
    else if (verb == VERB('E', 'H', 'L', 'O') && goes_on(line, length, " "))
        greet(c);
    else if (verb == VERB('H', 'E', 'L', 'O') && goes_on(line, length, " ")) {
        c->phase = READY;
        reply(c, "250 sink.example\r\n");
    } else if (verb == VERB('S', 'T', 'A', 'R') && goes_on(line, length, "TTLS") && settings.tls) {
        if (c->phase != READY || over_tls(c))
            refuse(c, early);
        else {
            reply(c, "220 2.0.0 go on\r\n");
            c->tls_begins = true;
        }
    } else if (verb == VERB('R', 'S', 'E', 'T') && alone) {
        c->phase = c->phase == NO_EHLO ? NO_EHLO : READY;
        reply(c, "250 2.0.0 ok\r\n");
    } else if (verb == VERB('N', 'O', 'O', 'P') && (alone || goes_on(line, length, " ")))
        reply(c, "250 2.0.0 ok\r\n");
    else if (verb == VERB('Q', 'U', 'I', 'T') && alone) {
        reply(c, "221 2.0.0 bye\r\n");
        c->closing = true;
    } else
        refuse(c, unknown);
}

/*
 * The three takers below get what stands between `at` and `end` and return where they stopped. Stopping at `at`, in the
 * state that was before, means that more octets are needed.
 */
static char *take_command(struct connection *c, char *at, char *end)
{
    char *newline = memchr(at, '\n', (size_t)(end - at));
    if (newline == NULL)
        return at;
    char *line_end = newline > at && newline[-1] == '\r' ? newline - 1 : newline;
    *line_end = '\0';
    command(c, at, (size_t)(line_end - at));
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
    counters.octets += c->chunk_is_wrong ? 0 : taken;
    if (c->chunk_rest == 0) {
        c->state = COMMANDS;
        if (c->chunk_is_wrong)
            refuse(c, "503 5.5.1 a chunk of no message\r\n");
        else if (c->chunk_is_last)
            message_is_in(c);
        else {
            c->phase = HAS_CHUNK;
            reply(c, "250 2.0.0 chunk taken\r\n");
        }
    }
    return at + taken;
}

/* Takes what is in the input, as long as there is room for replies. Returns whether anything was taken. */
bool take(struct connection *c)
{
    char *at = c->input, *end = c->input + c->filled;
    while (!c->closing && !c->tls_begins && OUTPUT - c->replied >= LONGEST_REPLY) {
        enum state before = c->state;
        char *next = before == COMMANDS ? take_command(c, at, end)
                     : before == DATA   ? take_data(c, at, end)
                                        : take_chunk(c, at, end);
        bool stuck = next == at && before == c->state;
        at = next;
        if (stuck)
            break;
    }
    bool any = at > c->input;
    c->filled = (size_t)(end - at);
    memmove(c->input, at, c->filled);
    return any;
}
