/*
 * The least that has to be done: a bare loop over C connections that sends groups of commands (RFC 2920) and counts the ends of
 * reply lines. What the system's TCP costs, whoever sends. It looks at no code, survives no failure and waits for ever.
 *
 *     send_loop PORT connections N C
 */
#include "bench.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#define ENVELOPE "MAIL FROM:<" FROM ">\r\nRCPT TO:<" TO ">\r\nDATA\r\n"
#define HEADER "From: " FROM "\r\nTo: " TO "\r\nSubject: Message\r\n\r\n"
#define END ".\r\n"

/* The replies to MAIL, RCPT and DATA, and the one to the message before. */
enum { ENVELOPE_REPLIES = 3, MOST_CONNECTIONS = 256 };

struct connection {
    int socket, awaited;
    bool is_last;
};

static unsigned given, wanted;

static int receive(int socket)
{
    char octets[4096];
    ssize_t length = recv(socket, octets, sizeof octets, 0);
    if (length <= 0)
        die("the sink has gone");
    int lines = 0;
    for (char *at = octets; (at = memchr(at, '\n', (size_t)(octets + length - at))) != NULL; at++)
        lines++;
    return lines;
}

static void say(int socket, const char *octets, size_t length)
{
    if (send(socket, octets, length, MSG_NOSIGNAL) != (ssize_t)length)
        die("the sink does not take a whole group");
}

static struct connection dial(unsigned port)
{
    struct sockaddr_in sink = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int one = 1, tcp = socket(AF_INET, SOCK_STREAM, 0);
    if (tcp < 0 || connect(tcp, (struct sockaddr *)&sink, sizeof sink) != 0)
        die("no connection");
    setsockopt(tcp, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    receive(tcp);
    say(tcp, "EHLO loop\r\n", strlen("EHLO loop\r\n"));
    receive(tcp);
    say(tcp, ENVELOPE, strlen(ENVELOPE));
    given++;
    return (struct connection){.socket = tcp, .awaited = ENVELOPE_REPLIES};
}

/* Takes in what has come, and sends a message and the next envelope when all of that is there. False: it was the last. */
static bool go_on(struct connection *connection)
{
    connection->awaited -= receive(connection->socket);
    if (connection->awaited > 0)
        return true;
    if (connection->is_last)
        return false;
    char group[2048] = HEADER;
    size_t length = strlen(HEADER);
    write_body(group + length, given);
    length += BODY_LENGTH;
    connection->is_last = given++ >= wanted;
    const char *next = connection->is_last ? END : END ENVELOPE;
    memcpy(group + length, next, strlen(next));
    say(connection->socket, group, length + strlen(next));
    connection->awaited = connection->is_last ? 1 : 1 + ENVELOPE_REPLIES;
    return true;
}

int main(int argc, char **argv)
{
    struct task task = read_task(argc, argv);
    if (!is_mode(&task, "connections") || task.connections > MOST_CONNECTIONS || task.connections > task.count)
        die("no such mode, or too many connections");
    wanted = task.count;
    struct connection connections[MOST_CONNECTIONS];
    struct pollfd entries[MOST_CONNECTIONS];
    struct clock start = start_clock();
    for (unsigned n = 0; n < task.connections; n++) {
        connections[n] = dial(task.port);
        entries[n] = (struct pollfd){.fd = connections[n].socket, .events = POLLIN};
    }
    for (unsigned left = task.connections; left > 0;) {
        poll(entries, task.connections, -1);
        for (unsigned n = 0; n < task.connections; n++) {
            if (entries[n].revents != 0 && !go_on(&connections[n])) {
                close(entries[n].fd);
                entries[n] = (struct pollfd){.fd = -1};
                left--;
            }
        }
    }
    tell_time(start);
    return 0;
}
