/* inetmail: a mail client library with the object model of the Fore language's Net assembly.
 *
 * Generated from src/ffi by `cargo run -p xtask -- gen`; do not edit.
 *
 * Returns. Every function has one of three shapes:
 *   int32_t   the value itself, or a status. INET_OK is 0; INET_FAILED(result) tells a failure.
 *   int64_t   a number; or, from functions with (buffer, capacity), the full length of a text or of bytes,
 *             snprintf manner: at most capacity bytes are written. A text ends with a NUL within it and
 *             is cut between characters; its length does not count the NUL. buffer may be NULL.
 *   a handle  or NULL.
 * After a failure INetError_GetStatus and its relatives tell the failing thread what went wrong.
 * Success, a Release and reading the error leave that record as it was.
 *
 * Ownership. Every handle a function returns is the caller's, to be given up with X_Release, from
 * any thread and in any order; X_Release(NULL) does nothing. A handle is a checked number, not an
 * address: a stale one, or one of another type, answers INET_E_HANDLE. Text is UTF-8. Text and
 * bytes that go in are copied; none of the caller's memory is kept, and no memory is handed out.
 *
 * Callbacks run on the thread that made the call, and may call the library; those of an INetOperation
 * run on a thread of the library, before INetOperation_Wait answers 1. A negative answer ends the
 * operation, which returns just that number. INET_FAILED knows a number for a failure only if it is -1000 or
 * below: let callbacks answer such numbers, or take every result but 0 of a Send or Save for a failure.
 *
 * Threads. Any function may be called from any thread.
 */
