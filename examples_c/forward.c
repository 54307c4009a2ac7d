/*
 * Follows Aspose's SmtpClient.Forward.
 *
 * Shows: a letter sent on to others as it is, with a note in front of its header of who sent it
 * on, when and to whom (Resent-..., RFC 5322 section 3.6.6). Only those who are named here get
 * it, whoever its own header names.
 */
#include "example.h"

int main(int argc, char **argv)
{
    if (argc != 6)
        return usage("forward HOST PORT FILE SENDER RECIPIENTS");

    INetSmtpClient *client = INetSmtpClient_CreateWithHostAndPort(argv[1], port_number(argv[2]));
    require(client);
    check(INetSmtpClient_SetAddResentHeaders(client, 1));
    check(INetSmtpClient_ForwardFile(client, argv[4], argv[5], argv[3]));

    check(INetSmtpClient_Release(client));
    return finish();
}
