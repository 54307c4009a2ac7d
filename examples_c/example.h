/*
 * What the examples share: stopping at the first failure, and looking for leaks at the end.
 *
 * A failed example leaves its handles to the end of the process; a program that lives on
 * releases them, in any order.
 */
#ifndef EXAMPLE_H
#define EXAMPLE_H

#include <inetmail.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Prints what the library says about the last failure on this thread, and ends the program. */
static inline void fail(void)
{
    char sentence[1024];
    INetError_GetMessage(sentence, sizeof sentence);
    fprintf(stderr, "error %d: %s\n", (int)INetError_GetStatus(), sentence);
    exit(EXIT_FAILURE);
}

/* Passes on a value, a length or a status that is good; a failure ends the program. */
static inline int64_t check(int64_t result)
{
    if (INET_FAILED(result))
        fail();
    return result;
}

/* For a function that returns a handle: NULL is its failure. */
static inline void require(const void *handle)
{
    if (handle == NULL)
        fail();
}

/* Tells how the program is called; returns its exit status. */
static inline int usage(const char *line)
{
    fprintf(stderr, "usage: %s\n", line);
    return 2;
}

static inline int32_t port_number(const char *text)
{
    char *end;
    long port = strtol(text, &end, 10);
    if (end == text || *end != '\0' || port < 1 || port > 65535) {
        fprintf(stderr, "not a port: %s\n", text);
        exit(2);
    }
    return (int32_t)port;
}

/* The last line of main: whatever was made must have been released. */
static inline int finish(void)
{
    int32_t alive = INetLibrary_GetLiveHandleCount();
    if (alive != 0) {
        fprintf(stderr, "%d handles were not released\n", (int)alive);
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}

#endif
