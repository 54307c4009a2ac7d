/*
 * A mail merge: one letter for each line of a file, "address;name".
 *
 * Shows: letters that a callback makes one after the other, so that a million of them need no
 * more room than a few, and a callback that is told the fate of each. A line that makes no letter
 * is told of and left out.
 */
#include "example.h"

#include <string.h>

typedef struct {
    FILE *lines;
    long line;
    int left_out;
} Merge;

/* The next line, without its end. One that is too long is cut, and its rest is passed over. */
static char *next_line(Merge *merge, char *line, int capacity)
{
    if (fgets(line, capacity, merge->lines) == NULL)
        return NULL;
    merge->line++;
    if (strchr(line, '\n') == NULL)
        for (int c = 0; c != '\n' && c != EOF;)
            c = fgetc(merge->lines);
    line[strcspn(line, "\r\n")] = '\0';
    return line;
}

static void leave_out(Merge *merge, const char *why)
{
    printf("line %ld is left out: %s\n", merge->line, why);
    merge->left_out++;
}

/* Gives the letter of the next good line; the library releases it. 0 is the end. A negative answer
 * would end the run. */
static int32_t next_letter(void *user, int64_t index, INetMailMessage **letter)
{
    Merge *merge = (Merge *)user;
    (void)index; /* counts letters, not lines */
    char line[1024], text[1200], why[1024];
    while (next_line(merge, line, sizeof line) != NULL) {
        char *name = strchr(line, ';');
        if (name == NULL) {
            leave_out(merge, "no name stands in it");
            continue;
        }
        *name++ = '\0';

        snprintf(text, sizeof text, "Здравствуйте, %s!", name);
        *letter = INetMailMessage_CreateWithText("ivanov@server.ru", line, "Приглашение", text);
        if (*letter != NULL)
            return 1;
        INetError_GetMessage(why, sizeof why);
        leave_out(merge, why);
    }
    return 0;
}

/* Is told what became of a letter. The report is lent: INetSendReport_AddRef would keep it. */
static int32_t letter_done(void *user, int64_t index, INetSendReport *report)
{
    (void)user;
    if (INetSendReport_GetStatus(report) != 0) {
        char recipient[256], sentence[1024];
        INetSendReport_GetRecipientAt(report, 0, recipient, sizeof recipient);
        INetSendReport_GetMessage(report, sentence, sizeof sentence);
        printf("letter %lld, to %s: %s\n", (long long)index + 1, recipient, sentence);
    }
    return 0;
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return usage("mail_merge HOST PORT FILE");

    Merge merge = {fopen(argv[3], "r"), 0, 0};
    if (merge.lines == NULL) {
        perror(argv[3]);
        return EXIT_FAILURE;
    }
    INetSmtpClient *client = INetSmtpClient_CreateWithHostAndPort(argv[1], port_number(argv[2]));
    require(client);
    int32_t status = INetSmtpClient_BulkSendFrom(client, next_letter, letter_done, &merge);
    fclose(merge.lines);
    check(status);
    if (merge.left_out > 0) {
        fprintf(stderr, "error %d: the others are delivered, %d lines made no letter\n",
                INET_E_SOME_MESSAGES_FAILED, merge.left_out);
        return EXIT_FAILURE;
    }
    printf("all delivered\n");

    check(INetSmtpClient_Release(client));
    return finish();
}
