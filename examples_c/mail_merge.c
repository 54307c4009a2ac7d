/*
 * A mail merge: one letter for each line of a file, "address;name".
 *
 * Shows: letters that a callback makes one after the other, so that a million of them need no
 * more room than a few, and a callback that is told the fate of each.
 */
#include "example.h"

#include <string.h>

typedef struct {
    FILE *lines;
    int failures;
} Merge;

/* Gives the next letter; the library releases it. 0 is the end. */
static int32_t next_letter(void *user, int64_t index, INetMailMessage **letter)
{
    Merge *merge = (Merge *)user;
    (void)index;
    char line[1024], text[1200];
    if (fgets(line, sizeof line, merge->lines) == NULL)
        return 0;
    line[strcspn(line, "\r\n")] = '\0';
    char *name = strchr(line, ';');
    if (name == NULL) {
        fprintf(stderr, "no name stands in the line: %s\n", line);
        return -1; /* ends the run, which returns this number */
    }
    *name++ = '\0';

    snprintf(text, sizeof text, "Здравствуйте, %s!", name);
    *letter = INetMailMessage_CreateWithText("ivanov@server.ru", line, "Приглашение", text);
    return *letter == NULL ? INetError_GetStatus() : 1;
}

/* Is told what became of a letter. The report is lent: INetSendReport_AddRef would keep it. */
static int32_t letter_done(void *user, int64_t index, INetSendReport *report)
{
    Merge *merge = (Merge *)user;
    if (INetSendReport_GetStatus(report) != 0) {
        char sentence[1024];
        INetSendReport_GetMessage(report, sentence, sizeof sentence);
        printf("line %lld: %s\n", (long long)index + 1, sentence);
        merge->failures++;
    }
    return 0;
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return usage("mail_merge HOST PORT FILE");

    Merge merge = {fopen(argv[3], "r"), 0};
    if (merge.lines == NULL) {
        perror(argv[3]);
        return EXIT_FAILURE;
    }
    INetSmtpClient *client = INetSmtpClient_CreateWithHostAndPort(argv[1], port_number(argv[2]));
    require(client);
    int32_t status = INetSmtpClient_BulkSendFrom(client, next_letter, letter_done, &merge);
    fclose(merge.lines);
    if (status == -1)
        return 3;
    check(status);
    printf("all delivered\n");

    check(INetSmtpClient_Release(client));
    return finish();
}
