/*
 * Sends one message with a file through inetmail or, compiled with -DWITH_LIBCURL, through libcurl.
 *
 *     attachment PORT FILE [--ready] [--tls CERTIFICATE]
 *
 * With --ready the file is the message, with CRLF for its line ends. With --tls the server has that certificate.
 *
 * Prints by how much the peak of resident memory grew over what it was behind a small file, and the time. Without that file the
 * growth would be that of the code that is read in, most of it.
 */
#include "bench.h"

#include <stdbool.h>
#include <unistd.h>

#ifdef WITH_LIBCURL
#include <curl/curl.h>

static void attach(CURL *curl, const char *path, curl_mime **mime, struct curl_slist **fields)
{
    *fields = curl_slist_append(NULL, "From: " FROM);
    *fields = curl_slist_append(*fields, "To: " TO);
    *fields = curl_slist_append(*fields, "Subject: A file");
    *mime = curl_mime_init(curl);
    curl_mimepart *text = curl_mime_addpart(*mime);
    curl_mime_data(text, "See the file.", CURL_ZERO_TERMINATED);
    curl_mimepart *file = curl_mime_addpart(*mime);
    curl_mime_filedata(file, path);
    curl_mime_encoder(file, "base64");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, *fields);
    curl_easy_setopt(curl, CURLOPT_MIMEPOST, *mime);
}

static void send_file(unsigned port, const char *path, bool ready, const char *certificate)
{
    char url[64];
    snprintf(url, sizeof url, "smtp://127.0.0.1:%u/bench", port);
    CURL *curl = curl_easy_init();
    struct curl_slist *recipients = curl_slist_append(NULL, "<" TO ">"), *fields = NULL;
    curl_mime *mime = NULL;
    FILE *message = NULL;
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, "<" FROM ">");
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    if (certificate != NULL) {
        curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
        curl_easy_setopt(curl, CURLOPT_CAINFO, certificate);
    }
    if (ready) {
        message = fopen(path, "rb");
        curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(curl, CURLOPT_READDATA, message);
        curl_easy_setopt(curl, CURLOPT_UPLOAD_BUFFERSIZE, 128L << 10);
    } else
        attach(curl, path, &mime, &fields);
    CURLcode result = curl_easy_perform(curl);
    if (result != CURLE_OK)
        die(curl_easy_strerror(result));
    curl_easy_cleanup(curl);
    curl_mime_free(mime);
    curl_slist_free_all(fields);
    curl_slist_free_all(recipients);
    if (message != NULL)
        fclose(message);
}

#else
#include <inetmail.h>

static void check(int32_t status)
{
    if (INET_FAILED(status)) {
        char sentence[512];
        INetError_GetMessage(sentence, sizeof sentence);
        die(sentence);
    }
}

static void send_attached(INetSmtpClient *client, const char *path)
{
    INetMailMessage *message =
        INetMailMessage_CreateWithText(FROM, TO, "A file", "See the file.");
    INetAttachmentCollection *attachments = INetMailMessage_GetAttachments(message);
    INetAttachment *attachment = INetAttachment_Create(path);
    check(INetAttachmentCollection_Add(attachments, attachment));
    check(INetSmtpClient_Send(client, message));
    INetAttachment_Release(attachment);
    INetAttachmentCollection_Release(attachments);
    INetMailMessage_Release(message);
}

static void send_file(unsigned port, const char *path, bool ready, const char *certificate)
{
    INetSmtpClient *client = INetSmtpClient_CreateWithHostAndPort("127.0.0.1", (int32_t)port);
    if (certificate != NULL) {
        check(INetSmtpClient_SetEnableSsl(client, 1));
        check(INetSmtpClient_AddTrustedCertificateFile(client, certificate));
    }
    if (ready)
        check(INetSmtpClient_SendFile(client, FROM, TO, path));
    else
        send_attached(client, path);
    INetSmtpClient_Release(client);
}
#endif

/* What is sent first: a message with a line. */
static void send_small_file(unsigned port, bool ready, const char *certificate)
{
    static const char message[] = "From: " FROM "\r\nTo: " TO "\r\nSubject: A small file\r\n\r\nText\r\n";
    char path[] = "small-XXXXXX";
    int file = mkstemp(path);
    if (file < 0 || write(file, message, sizeof message - 1) != sizeof message - 1)
        die(path);
    close(file);
    send_file(port, path, ready, certificate);
    unlink(path);
}

int main(int argc, char **argv)
{
    if (argc < 3)
        die("usage: attachment PORT FILE [--ready] [--tls CERTIFICATE]");
    unsigned port = number(argv[1]);
    bool ready = false;
    const char *certificate = NULL;
    for (int n = 3; n < argc; n++) {
        ready |= strcmp(argv[n], "--ready") == 0;
        if (strcmp(argv[n], "--tls") == 0 && n + 1 < argc)
            certificate = argv[n + 1];
    }
    send_small_file(port, ready, certificate);
    long before = peak_rss_kib();
    double wall = wall_us(), cpu = cpu_us();
    send_file(port, argv[2], ready, certificate);
    wall = wall_us() - wall;
    cpu = cpu_us() - cpu;
    printf("growth_kib=%ld wall_us=%.0f cpu_us=%.0f\n", peak_rss_kib() - before, wall, cpu);
    return 0;
}
