/*
 * Sends small messages through libcurl, each built anew: a peer of send_inetmail.
 *
 *     send_libcurl PORT MODE N [C] [--tls CERTIFICATE]
 *
 * The modes of bench.h. One easy handle is used again and again; several connections are as many easy handles in a multi
 * handle, on one thread.
 *
 * libcurl does not make messages out of text, so this program writes the headers that inetmail writes by itself. That is
 * the cheapest honest way: its MIME interface would cost it three times as many instructions.
 */
#include "bench.h"

#include <curl/curl.h>

struct upload {
    CURL *curl;
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
    curl_easy_setopt(upload->curl, CURLOPT_INFILESIZE, (long)upload->length);
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

static void check(CURLcode result)
{
    if (result != CURLE_OK)
        die(curl_easy_strerror(result));
}

static void prepare(struct upload *upload, const struct task *task, struct curl_slist *recipients)
{
    char url[64];
    snprintf(url, sizeof url, "smtp://127.0.0.1:%u/bench", task->port);
    CURL *curl = upload->curl = curl_easy_init();
    if (curl == NULL)
        die("no handle");
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, "<" FROM ">");
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_upload);
    curl_easy_setopt(curl, CURLOPT_READDATA, upload);
    curl_easy_setopt(curl, CURLOPT_PRIVATE, upload);
    curl_easy_setopt(curl, CURLOPT_PROXY, ""); /* whatever the environment says */
    if (task->certificate != NULL) {
        curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
        curl_easy_setopt(curl, CURLOPT_CAINFO, task->certificate);
    }
}

static void send_one_by_one(const struct task *task, struct curl_slist *recipients, bool fresh)
{
    struct upload upload;
    struct clock start = {0};
    prepare(&upload, task, recipients);
    curl_easy_setopt(upload.curl, CURLOPT_FORBID_REUSE, (long)fresh);
    for (unsigned n = 0; n <= task->count; n++) {
        if (n == 1)
            start = start_clock();
        build(&upload, n);
        check(curl_easy_perform(upload.curl));
    }
    tell_time(start);
    curl_easy_cleanup(upload.curl);
}

static void send_to_many(const struct task *task, struct curl_slist *recipients)
{
    struct curl_slist *last = recipients; /* appending walks from where it is given: from the end it is linear */
    for (unsigned n = 1; n < task->count; n++) {
        char recipient[sizeof RECIPIENT], bracketed[sizeof RECIPIENT + 2];
        write_recipient(recipient, n);
        snprintf(bracketed, sizeof bracketed, "<%s>", recipient);
        if (curl_slist_append(last, bracketed) == NULL)
            die("no list");
        last = last->next;
    }
    struct clock start = start_clock();
    struct upload upload;
    prepare(&upload, task, recipients);
    build(&upload, 0);
    check(curl_easy_perform(upload.curl));
    tell_time(start);
    curl_easy_cleanup(upload.curl);
}

static void send_by_multi(const struct task *task, struct curl_slist *recipients)
{
    CURLM *multi = curl_multi_init();
    struct upload *uploads = calloc(task->connections, sizeof *uploads);
    if (multi == NULL || uploads == NULL)
        die("no multi handle");
    struct clock start = start_clock();
    unsigned begun = 0, done = 0;
    for (unsigned n = 0; n < task->connections; n++)
        prepare(&uploads[n], task, recipients);
    for (; begun < task->connections && begun < task->count; begun++) {
        build(&uploads[begun], begun);
        curl_multi_add_handle(multi, uploads[begun].curl);
    }
    while (done < task->count) {
        int running, left;
        if (curl_multi_perform(multi, &running) != CURLM_OK)
            die("curl_multi_perform");
        for (CURLMsg *message; (message = curl_multi_info_read(multi, &left)) != NULL;) {
            CURL *curl = message->easy_handle;
            struct upload *upload;
            check(message->data.result);
            done++;
            curl_easy_getinfo(curl, CURLINFO_PRIVATE, (char **)&upload);
            curl_multi_remove_handle(multi, curl);
            if (begun < task->count) {
                build(upload, begun++);
                curl_multi_add_handle(multi, curl);
                running++;
            }
        }
        if (running > 0)
            curl_multi_poll(multi, NULL, 0, 1000, NULL);
    }
    tell_time(start);
    for (unsigned n = 0; n < task->connections; n++)
        curl_easy_cleanup(uploads[n].curl);
    curl_multi_cleanup(multi);
    free(uploads);
}

int main(int argc, char **argv)
{
    struct task task = read_task(argc, argv);
    curl_global_init(CURL_GLOBAL_ALL);
    struct curl_slist *recipients = curl_slist_append(NULL, "<" TO ">");
    if (recipients == NULL)
        die("no list");
    if (is_mode(&task, "send") || is_mode(&task, "fresh"))
        send_one_by_one(&task, recipients, is_mode(&task, "fresh"));
    else if (is_mode(&task, "recipients"))
        send_to_many(&task, recipients);
    else if (is_mode(&task, "connections"))
        send_by_multi(&task, recipients);
    else
        die("no such mode");
    curl_slist_free_all(recipients);
    curl_global_cleanup();
    return 0;
}
