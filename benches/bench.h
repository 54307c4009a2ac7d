/*
 * What the measured programs share: clocks, memory, the message, and how a program ends.
 *
 * Every program prints one line of name=value fields, for run.py.
 */
#ifndef BENCH_H
#define BENCH_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

/*
 * The same letter for every peer: subject and body carry the message's number, the body is 1 KiB of plain lines. Making
 * the text up costs next to nothing, for it is not what is measured.
 */
#define FROM "ivanov@server.example"
#define TO "petrov@server.example"
#define DIGITS 7
#define SUBJECT "Message number 0000000"
#define SUBJECT_LENGTH (sizeof SUBJECT - 1)
#define BODY_LINES 16
#define BODY_LINE "message 0000000: the quick brown fox jumps over the lazy dogs.\r\n"
#define LINE_LENGTH (sizeof BODY_LINE - 1)
#define BODY_LENGTH (BODY_LINES * LINE_LENGTH)

static inline void die(const char *what)
{
    fprintf(stderr, "%s\n", what);
    exit(EXIT_FAILURE);
}

static inline unsigned number(const char *text)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (end == text || *end != '\0')
        die("not a number");
    return (unsigned)value;
}

static inline double wall_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1e6 + now.tv_nsec / 1e3;
}

/* User and system time of this process. */
static inline double cpu_us(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6 + usage.ru_utime.tv_usec +
           usage.ru_stime.tv_usec;
}

/* The most memory that was ever resident, in KiB. ru_maxrss would count what stood there before exec. */
static inline long peak_rss_kib(void)
{
    long kib = -1;
    char line[128];
    FILE *status = fopen("/proc/self/status", "r");
    while (status != NULL && fgets(line, sizeof line, status) != NULL)
        sscanf(line, "VmHWM: %ld", &kib);
    if (status != NULL)
        fclose(status);
    return kib;
}

static inline void write_digits(char *out, unsigned n)
{
    for (int digit = DIGITS - 1; digit >= 0; digit--, n /= 10)
        out[digit] = (char)('0' + n % 10);
}

/* Writes the body of message n into BODY_LENGTH octets. */
static inline void write_body(char *out, unsigned n)
{
    static char body[BODY_LENGTH];
    if (body[0] == '\0')
        for (size_t line = 0; line < BODY_LINES; line++)
            memcpy(body + line * LINE_LENGTH, BODY_LINE, LINE_LENGTH);
    memcpy(out, body, BODY_LENGTH);
    write_digits(out + strlen("message "), n);
}

/*
 * What the programs that send are told:
 *
 *     send_... PORT MODE N [C] [--tls CERTIFICATE]
 *
 * modes: send: one message after the other over one warm connection; fresh: a new connection for each; recipients: one
 * message for N recipients over a new connection, the time without that of making the recipients; connections: over C connections at once; and what is a program's own.
 * With --tls it is STARTTLS, and the server has that certificate.
 */
struct task {
    unsigned port, count, connections;
    const char *mode, *certificate; /* NULL: no TLS */
};

static inline struct task read_task(int argc, char **argv)
{
    struct task task = {.connections = 1};
    if (argc < 4)
        die("usage: PORT MODE N [C] [--tls CERTIFICATE]");
    task.port = number(argv[1]);
    task.mode = argv[2];
    task.count = number(argv[3]);
    for (int n = 4; n < argc; n++) {
        if (strcmp(argv[n], "--tls") == 0 && n + 1 < argc)
            task.certificate = argv[++n];
        else
            task.connections = number(argv[n]);
    }
    if (task.connections == 0)
        die("no connections");
    return task;
}

static inline bool is_mode(const struct task *task, const char *mode)
{
    return strcmp(task->mode, mode) == 0;
}

/* The address of recipient n of many. */
#define RECIPIENT "user0000000@server.example"

static inline void write_recipient(char out[sizeof RECIPIENT], unsigned n)
{
    memcpy(out, RECIPIENT, sizeof RECIPIENT);
    write_digits(out + strlen("user"), n);
}

/* The time since the clock was started, for run.py. */
struct clock {
    double wall, cpu;
};

static inline struct clock start_clock(void)
{
    return (struct clock){wall_us(), cpu_us()};
}

static inline void tell_time(struct clock start)
{
    printf("wall_us=%.0f cpu_us=%.0f\n", wall_us() - start.wall, cpu_us() - start.cpu);
}

#endif
