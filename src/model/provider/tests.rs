use super::*;
use std::collections::HashSet;

fn reached(wanted: &str) -> (String, u16) {
    let client = provider_client(wanted).unwrap();
    assert!(client.enable_ssl(), "{wanted} in clear");
    (client.host(), client.port())
}

fn refusal(wanted: &str) -> String {
    let error = provider_client(wanted).err().expect("a refusal");
    assert_eq!(error.status(), Status::Provider);
    error.message().to_owned()
}

#[test]
fn the_table_of_the_fore_sample_is_kept() {
    for (wanted, host) in [
        ("gmail", "smtp.gmail.com"),
        ("Mail.Ru", "smtp.mail.ru"),
        ("yandex", "smtp.yandex.ru"),
        ("yahoo", "smtp.mail.yahoo.com"),
        ("yahoo plus", "plus.smtp.mail.yahoo.com"),
    ] {
        assert_eq!(reached(wanted), (host.to_owned(), 465));
    }
    let client = provider_client("gmail").unwrap();
    client.set_port(587).unwrap();
    assert_eq!(client.security_options() as u32, crate::model::ways::STARTTLS);
}

#[test]
fn every_row_makes_a_client_and_no_name_leads_to_two() {
    let (mut names, mut domains) = (HashSet::new(), HashSet::new());
    for provider in &PROVIDERS {
        let host = provider.host.replace(REGION, "eu-west-1");
        let region = if provider.host.contains(REGION) { ":eu-west-1" } else { "" };
        for name in provider.names {
            assert!(names.insert(name.replace([' ', '-', '_', '.'], "")), "{name} twice");
            assert_eq!(*name, name.to_lowercase());
            assert_eq!(reached(&format!("{name}{region}")), (host.clone(), provider.port));
        }
        for domain in provider.domains {
            assert!(domains.insert(domain), "{domain} twice");
            assert_eq!(reached(&format!("Some.One@{domain}")), (host.clone(), provider.port));
        }
    }
    assert_eq!(provider_names().len(), PROVIDERS.len());
}

#[test]
fn what_is_unknown_hears_the_nearest_name() {
    assert_eq!(refusal("gmial"), "no mail provider 'gmial' is known; the nearest is gmail");
    let sentence = refusal("someone@yandx.ru");
    assert_eq!(
        sentence,
        "no mail provider of the domain 'yandx.ru' is known; the nearest is yandex.ru"
    );
    assert_eq!(
        refusal("someone@company.test"),
        "no mail provider of the domain 'company.test' is known"
    );
    for odd in ["", "@", "a@", ":", "gmail:", "\u{0}", &"x".repeat(1 << 20)] {
        assert!(refusal(odd).len() < 300);
    }
}

#[test]
fn a_region_is_named_where_there_are_regions() {
    assert_eq!(reached("ses:eu-central-1").0, "email-smtp.eu-central-1.amazonaws.com");
    assert_eq!(reached("Amazon SES:US-GOV-WEST-1").0, "email-smtp.us-gov-west-1.amazonaws.com");
    assert!(refusal("ses").contains("ses:eu-west-1"));
    for region in ["", "evil.example#", "a-b.c", "eu west-1", "-eu-west", "x"] {
        assert!(refusal(&format!("ses:{region}")).contains("no name of a region"), "{region}");
    }
    assert!(refusal("gmail:eu-west-1").contains("no regions"));
}
