/* A server that says yes to everything, in a process of its own, for objects that only a server makes. */

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

static pid_t server;

static void end_server(void)
{
    kill(server, SIGKILL);
}

static void serve(int listener)
{
    static const char greeting[] = "220 \xd1\x84.test\r\n", yes[] = "250 ok\r\n";
    for (;;) {
        int peer = accept(listener, NULL, NULL);
        char octet;
        ssize_t said = write(peer, greeting, sizeof greeting - 1);
        while (said > 0 && read(peer, &octet, 1) == 1)
            if (octet == '\n')
                said = write(peer, yes, sizeof yes - 1);
        close(peer);
    }
}

static int server_port(void)
{
    static int port;
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t length = sizeof address;
    int listener;
    if (port != 0)
        return port;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&address, length) != 0 || listen(listener, 8) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &length) != 0 || (server = fork()) < 0) {
        perror("a server on the loopback interface");
        exit(2);
    }
    if (server == 0) {
        alarm(600);
        serve(listener);
    }
    atexit(end_server);
    close(listener);
    return port = ntohs(address.sin_port);
}

static INetServerInfo *server_info(void)
{
    INetSmtpClient *client = INetSmtpClient_CreateWithHostAndPort("127.0.0.1", server_port());
    INetServerInfo *info;
    (void)INetSmtpClient_Connect(client);
    info = INetSmtpClient_GetServerInfo(client);
    (void)INetSmtpClient_Release(client);
    return info;
}

static INetConnectionInfo *connection_info(void)
{
    INetSmtpClient *client = INetSmtpClient_CreateWithHostAndPort("127.0.0.1", server_port());
    INetConnectionInfo *info;
    (void)INetSmtpClient_Connect(client);
    info = INetSmtpClient_GetConnectionInfo(client);
    (void)INetSmtpClient_Release(client);
    return info;
}

static INetServerReply *server_reply(void)
{
    INetSmtpClient *client = INetSmtpClient_CreateWithHostAndPort("127.0.0.1", server_port());
    INetServerReply *reply = INetSmtpClient_Help(client, NULL);
    (void)INetSmtpClient_Release(client);
    return reply;
}

static INetEvent *event(void)
{
    INetSmtpClient *client = INetSmtpClient_CreateWithHostAndPort("127.0.0.1", server_port());
    (void)INetSmtpClient_SetEventKinds(client, INET_EVENT_COMMAND_REPLY);
    INetServerReply *reply = INetSmtpClient_Help(client, NULL);
    INetEvent *event = INetSmtpClient_NextEvent(client);
    (void)INetServerReply_Release(reply);
    (void)INetSmtpClient_Release(client);
    return event;
}
