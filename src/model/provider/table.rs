//! The table of providers, in the order of their names: first those of the Fore sample, then the others.
//!
//! The sample's page names smtp.mail.com for Mail.ru. That host is mail.com's, another provider; both have their own row here.

use super::Provider;

const TLS: u16 = 465;
const STARTTLS: u16 = 587;

const fn provider(
    names: &'static [&'static str],
    host: &'static str,
    port: u16,
    domains: &'static [&'static str],
) -> Provider {
    Provider { names, host, port, domains }
}

pub static PROVIDERS: [Provider; 47] = [
    provider(
        &["gmail", "google", "google mail", "google workspace"],
        "smtp.gmail.com",
        TLS,
        &["gmail.com", "googlemail.com"],
    ),
    provider(
        &["mail.ru"],
        "smtp.mail.ru",
        TLS,
        &["mail.ru", "bk.ru", "inbox.ru", "internet.ru", "list.ru", "xmail.ru"],
    ),
    provider(
        &["yandex", "yandex 360"],
        "smtp.yandex.ru",
        TLS,
        &["yandex.ru", "ya.ru", "yandex.by", "yandex.com", "yandex.kz"],
    ),
    provider(
        &["yahoo"],
        "smtp.mail.yahoo.com",
        TLS,
        &[
            "yahoo.com",
            "myyahoo.com",
            "rocketmail.com",
            "yahoo.ca",
            "yahoo.co.in",
            "yahoo.co.uk",
            "yahoo.com.br",
            "yahoo.de",
            "yahoo.es",
            "yahoo.fr",
            "yahoo.it",
            "ymail.com",
        ],
    ),
    provider(&["yahoo-plus"], "plus.smtp.mail.yahoo.com", TLS, &[]),
    provider(&["163", "netease"], "smtp.163.com", TLS, &["163.com"]),
    provider(&["126"], "smtp.126.com", TLS, &["126.com"]),
    provider(&["aliyun"], "smtp.aliyun.com", TLS, &["aliyun.com"]),
    provider(&["aol"], "smtp.aol.com", TLS, &["aol.com", "aim.com"]),
    provider(&["aruba"], "smtps.aruba.it", TLS, &["aruba.it"]),
    provider(&["bluewin"], "smtpauths.bluewin.ch", TLS, &["bluewin.ch"]),
    provider(&["brevo", "sendinblue"], "smtp-relay.brevo.com", STARTTLS, &[]),
    provider(&["disroot"], "smtp.disroot.org", STARTTLS, &["disroot.org"]),
    provider(&["elasticemail"], "smtp.elasticemail.com", TLS, &[]),
    provider(&["fastmail"], "smtp.fastmail.com", TLS, &["fastmail.com", "fastmail.fm"]),
    provider(&["forwardemail"], "smtp.forwardemail.net", TLS, &["forwardemail.net"]),
    provider(&["gandi"], "mail.gandi.net", STARTTLS, &[]),
    provider(&["gmx", "gmx.com"], "mail.gmx.com", STARTTLS, &["gmx.com", "gmx.us", "gmx.co.uk"]),
    provider(
        &["gmx.net", "gmx.de"],
        "mail.gmx.net",
        STARTTLS,
        &["gmx.net", "gmx.at", "gmx.ch", "gmx.de"],
    ),
    provider(
        &["icloud", "apple"],
        "smtp.mail.me.com",
        STARTTLS,
        &["icloud.com", "mac.com", "me.com"],
    ),
    provider(&["infomaniak"], "mail.infomaniak.com", STARTTLS, &["ik.me", "ikmail.com"]),
    provider(&["ionos"], "smtp.ionos.com", STARTTLS, &[]),
    provider(&["mail.com"], "smtp.mail.com", TLS, &["mail.com"]),
    provider(&["mailersend"], "smtp.mailersend.net", STARTTLS, &[]),
    provider(&["mailgun", "mailgun-us"], "smtp.mailgun.org", TLS, &[]),
    provider(&["mailgun-eu"], "smtp.eu.mailgun.org", TLS, &[]),
    provider(&["mailjet"], "in-v3.mailjet.com", STARTTLS, &[]),
    provider(&["mailtrap"], "live.smtp.mailtrap.io", STARTTLS, &[]),
    provider(&["mandrill", "mailchimp"], "smtp.mandrillapp.com", STARTTLS, &[]),
    provider(&["naver"], "smtp.naver.com", STARTTLS, &["naver.com"]),
    provider(
        &["office365", "microsoft 365", "exchange online", "outlook365"],
        "smtp.office365.com",
        STARTTLS,
        &[],
    ),
    provider(
        &["outlook", "hotmail", "live", "msn"],
        "smtp-mail.outlook.com",
        STARTTLS,
        &["outlook.com", "hotmail.com", "live.com", "msn.com", "hotmail.co.uk", "outlook.fr"],
    ),
    provider(&["postmark", "postmarkapp"], "smtp.postmarkapp.com", STARTTLS, &[]),
    provider(
        &["proton", "protonmail"],
        "smtp.protonmail.ch",
        STARTTLS,
        &["proton.me", "pm.me", "protonmail.ch", "protonmail.com"],
    ),
    provider(&["qq"], "smtp.qq.com", TLS, &["qq.com", "foxmail.com"]),
    provider(
        &["rambler"],
        "smtp.rambler.ru",
        TLS,
        &["rambler.ru", "autorambler.ru", "lenta.ru", "myrambler.ru", "ro.ru"],
    ),
    provider(&["resend"], "smtp.resend.com", TLS, &[]),
    provider(&["runbox"], "smtp.runbox.com", TLS, &["runbox.com"]),
    provider(&["sendgrid", "twilio sendgrid"], "smtp.sendgrid.net", TLS, &[]),
    provider(&["ses", "amazon ses", "aws ses"], "email-smtp.{region}.amazonaws.com", TLS, &[]),
    provider(
        &["seznam"],
        "smtp.seznam.cz",
        TLS,
        &["seznam.cz", "email.cz", "post.cz", "spoluzaci.cz"],
    ),
    provider(&["smtp2go"], "mail.smtp2go.com", STARTTLS, &[]),
    provider(&["sparkpost"], "smtp.sparkpostmail.com", STARTTLS, &[]),
    provider(&["ukr.net"], "smtp.ukr.net", TLS, &["ukr.net"]),
    provider(&["web.de"], "smtp.web.de", STARTTLS, &["web.de"]),
    provider(&["zoho", "zoho mail"], "smtp.zoho.com", TLS, &["zoho.com", "zohomail.com"]),
    provider(&["zoho-eu"], "smtp.zoho.eu", TLS, &["zoho.eu", "zohomail.eu"]),
];
