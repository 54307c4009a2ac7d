#!/bin/sh
# deliver.sh MAILDIR QUEUE-ID SENDER RECIPIENT SASL-USER SASL-METHOD <message
# Postfix runs it once per message and recipient. Exit 75 lets Postfix keep the message.
umask 022
part=$(mktemp "$1/tmp/$2.XXXXXX") && chmod 644 "$part" || exit 75
name=$1/new/${part##*/}
# The side file first and the message by rename: whoever sees NAME.eml sees all of both.
cat >"$part" &&
    printf 'sender=%s\nrecipient=%s\nsasl_user=%s\nsasl_method=%s\n' "$3" "$4" "$5" "$6" \
        >"$name.env" &&
    mv "$part" "$name.eml" || exit 75
