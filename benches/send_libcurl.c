/*
 * Sends N small messages through libcurl over one warm connection, each built anew: the peer of send_inetmail.
 *
 *     send_libcurl PORT N
 *
 * libcurl does not make messages out of text, so this program writes the headers that inetmail writes by itself. That is
 * the cheapest honest way: its MIME interface would cost it three times as many instructions.
 */
#include "bench.h"

#include <curl/curl.h>

struct upload {
    char text[2048];
    size_t length, sent;
};

static void build(struct upload *upload, unsigned n)
{
    char date[64];
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S +0000", &utc);
    int headers = snprintf(upload->text, sizeof upload->text,
                           "Date: %s\r\nFrom: " FROM "\r\nTo: " TO "\r\n"
                           "Subject: Message number %07u\r\nMessage-ID: <%016lx%016x@server.example>\r\n"
                           "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n"
                           "Content-Transfer-Encoding: 7bit\r\n\r\n",
                           date, n, (unsigned long)now, n);
    write_body(upload->text + headers, n);
    upload->length = (size_t)headers + BODY_LENGTH;
    upload->sent = 0;
}

static size_t read_upload(char *into, size_t size, size_t count, void *user)
{
    struct upload *upload = user;
    size_t rest = upload->length - upload->sent;
    size_t octets = rest < size * count ? rest : size * count;
    memcpy(into, upload->text + upload->sent, octets);
    upload->sent += octets;
    return octets;
}

static void send_one(CURL *curl, struct upload *upload, unsigned n)
{
    build(upload, n);
    curl_easy_setopt(curl, CURLOPT_INFILESIZE, (long)upload->length);
    CURLcode result = curl_easy_perform(curl);
    if (result != CURLE_OK)
        die(curl_easy_strerror(result));
}

int main(int argc, char **argv)
{
    if (argc != 3)
        die("usage: send_libcurl PORT N");
    unsigned count = number(argv[2]);
    char url[64];
    snprintf(url, sizeof url, "smtp://127.0.0.1:%u/bench", number(argv[1]));
    struct upload upload;
    curl_global_init(CURL_GLOBAL_ALL);
    CURL *curl = curl_easy_init();
    struct curl_slist *recipients = curl_slist_append(NULL, "<" TO ">");
    if (curl == NULL || recipients == NULL)
        die("no handle");
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, "<" FROM ">");
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_upload);
    curl_easy_setopt(curl, CURLOPT_READDATA, &upload);
    curl_easy_setopt(curl, CURLOPT_PROXY, ""); /* whatever the environment says */

    send_one(curl, &upload, 0); /* opens the connection */
    double wall = wall_us(), cpu = cpu_us();
    for (unsigned n = 1; n <= count; n++)
        send_one(curl, &upload, n);
    printf("wall_us=%.0f cpu_us=%.0f\n", wall_us() - wall, cpu_us() - cpu);

    curl_easy_cleanup(curl);
    curl_slist_free_all(recipients);
    curl_global_cleanup();
    return 0;
}
