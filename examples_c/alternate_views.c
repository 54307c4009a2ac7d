/*
 * Follows .NET's AlternateView.CreateAlternateViewFromString.
 *
 * Shows: an invitation. The letter says the same as plain text, as HTML, and as a calendar entry,
 * with which calendar programs offer to accept or to decline (RFC 6047).
 */
#include "example.h"

static const char invitation[] =
    "BEGIN:VCALENDAR\r\n"
    "PRODID:-//server.ru//inetmail example//RU\r\n"
    "VERSION:2.0\r\n"
    "METHOD:REQUEST\r\n"
    "BEGIN:VEVENT\r\n"
    "UID:20261121-1@server.ru\r\n"
    "DTSTAMP:20261120T090000Z\r\n"
    "DTSTART:20261121T100000Z\r\n"
    "DTEND:20261121T110000Z\r\n"
    "ORGANIZER:mailto:ivanov@server.ru\r\n"
    "ATTENDEE;RSVP=TRUE:mailto:petrov@server.ru\r\n"
    "SUMMARY:Совещание\r\n"
    "END:VEVENT\r\n"
    "END:VCALENDAR\r\n";

int main(int argc, char **argv)
{
    if (argc != 3)
        return usage("alternate_views HOST PORT");

    INetMailMessage *message = INetMailMessage_CreateWithText(
        "ivanov@server.ru", "petrov@server.ru", "Совещание", "Совещание в субботу в 13:00");
    require(message);
    check(INetMailMessage_SetHtmlText(message, "<p>Совещание <b>в субботу</b> в 13:00</p>"));

    INetAlternateView *view = INetAlternateView_CreateFromString(
        invitation, "text/calendar; method=REQUEST", INET_CODE_PAGE_UTF8);
    require(view);
    INetAlternateViewCollection *views = INetMailMessage_GetAlternateViews(message);
    require(views);
    check(INetAlternateViewCollection_Add(views, view));

    INetSmtpClient *client = INetSmtpClient_CreateWithHostAndPort(argv[1], port_number(argv[2]));
    require(client);
    check(INetSmtpClient_Send(client, message));

    check(INetSmtpClient_Release(client));
    check(INetAlternateViewCollection_Release(views));
    check(INetAlternateView_Release(view));
    check(INetMailMessage_Release(message));
    return finish();
}
