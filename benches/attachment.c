/*
 * Sends one message with a file through inetmail or, compiled with -DWITH_LIBCURL, through libcurl.
 *
 *     attachment PORT FILE
 *
 * Prints by how much the peak of resident memory grew over what it was before the sending, and the time.
 */
#include "bench.h"

#ifdef WITH_LIBCURL
#include <curl/curl.h>

static void send_file(unsigned port, const char *path)
{
    char url[64];
    snprintf(url, sizeof url, "smtp://127.0.0.1:%u/bench", port);
    CURL *curl = curl_easy_init();
    struct curl_slist *recipients = curl_slist_append(NULL, "<" TO ">");
    struct curl_slist *headers = curl_slist_append(NULL, "From: " FROM);
    headers = curl_slist_append(headers, "To: " TO);
    headers = curl_slist_append(headers, "Subject: A file");
    curl_mime *mime = curl_mime_init(curl);
    curl_mimepart *text = curl_mime_addpart(mime);
    curl_mime_data(text, "See the file.", CURL_ZERO_TERMINATED);
    curl_mimepart *file = curl_mime_addpart(mime);
    curl_mime_filedata(file, path);
    curl_mime_encoder(file, "base64");
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, "<" FROM ">");
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_MIMEPOST, mime);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    CURLcode result = curl_easy_perform(curl);
    if (result != CURLE_OK)
        die(curl_easy_strerror(result));
    curl_easy_cleanup(curl);
    curl_mime_free(mime);
    curl_slist_free_all(headers);
    curl_slist_free_all(recipients);
}

#else
#include <inetmail.h>

static void send_file(unsigned port, const char *path)
{
    INetMailMessage *message =
        INetMailMessage_CreateWithText(FROM, TO, "A file", "See the file.");
    INetAttachmentCollection *attachments = INetMailMessage_GetAttachments(message);
    INetAttachment *attachment = INetAttachment_Create(path);
    INetSmtpClient *client = INetSmtpClient_CreateWithHostAndPort("127.0.0.1", (int32_t)port);
    if (INET_FAILED(INetAttachmentCollection_Add(attachments, attachment)) ||
        INET_FAILED(INetSmtpClient_Send(client, message))) {
        char sentence[512];
        INetError_GetMessage(sentence, sizeof sentence);
        die(sentence);
    }
    INetSmtpClient_Release(client);
    INetAttachment_Release(attachment);
    INetAttachmentCollection_Release(attachments);
    INetMailMessage_Release(message);
}
#endif

int main(int argc, char **argv)
{
    if (argc != 3)
        die("usage: attachment PORT FILE");
    unsigned port = number(argv[1]);
    long before = peak_rss_kib();
    double wall = wall_us(), cpu = cpu_us();
    send_file(port, argv[2]);
    wall = wall_us() - wall;
    cpu = cpu_us() - cpu;
    printf("growth_kib=%ld wall_us=%.0f cpu_us=%.0f\n", peak_rss_kib() - before, wall, cpu);
    return 0;
}
