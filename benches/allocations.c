/*
 * Counts allocations: to be loaded in front of a program by LD_PRELOAD. At the end the count stands in the file that the
 * environment names by ALLOCATIONS_LOG. What only changes its size counts too: it may have to move.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* The functions of glibc under the names that nobody replaces. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static uint64_t count;

static void counted(void)
{
    __atomic_fetch_add(&count, 1, __ATOMIC_RELAXED);
}

void *malloc(size_t size)
{
    counted();
    return __libc_malloc(size);
}

void *calloc(size_t many, size_t size)
{
    counted();
    return __libc_calloc(many, size);
}

void *realloc(void *old, size_t size)
{
    counted();
    return __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    counted();
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **out, size_t alignment, size_t size)
{
    counted();
    *out = __libc_memalign(alignment, size);
    return *out == NULL;
}

__attribute__((destructor)) static void tell(void)
{
    uint64_t counted_so_far = count;
    const char *path = getenv("ALLOCATIONS_LOG");
    FILE *log = path == NULL ? NULL : fopen(path, "w");
    if (log == NULL)
        return;
    fprintf(log, "%llu\n", (unsigned long long)counted_so_far);
    fclose(log);
}
