/* A certificate with a value for every getter. Its names hold two octets a character. */

static const char certificate_text[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIICTDCCAfKgAwIBAgIUIM+AJTClUXauFR7SrAPoMABII+YwCgYIKoZIzj0EAwIw\n"
    "KDETMBEGA1UECgwK0J/QvtGH0YLQsDERMA8GA1UEAwwI0YTQsNC50LswIBcNMjYx\n"
    "MTIxMTQzNTAwWhgPMjEyNjEwMjgxNDM1MDBaMCgxEzARBgNVBAoMCtCf0L7Rh9GC\n"
    "0LAxETAPBgNVBAMMCNGE0LDQudC7MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n"
    "kQp8BU4a78SKezsfG6EMvk3DPs/FlwNuqOsGvHWB/alcc2iNQVQGay5vfKAv32qK\n"
    "c4viW+4h/oKEgh96SpNZ/6OB9zCB9DAbBgNVHREEFDASghBtYWlsLmV4YW1wbGUu\n"
    "b3JnMFoGCCsGAQUFBwEBBE4wTDAhBggrBgEFBQcwAYYVaHR0cDovLzEyNy4wLjAu\n"
    "MS9vY3NwMCcGCCsGAQUFBzAChhtodHRwOi8vMTI3LjAuMC4xL2lzc3Vlci5kZXIw\n"
    "KgYDVR0fBCMwITAfoB2gG4YZaHR0cDovLzEyNy4wLjAuMS9saXN0LmNybDAdBgNV\n"
    "HQ4EFgQUtfK6PHb0ovdT05rRk+OoYZ+NmBIwCwYDVR0PBAQDAgeAMBMGA1UdJQQM\n"
    "MAoGCCsGAQUFBwMBMAwGA1UdEwEB/wQCMAAwCgYIKoZIzj0EAwIDSAAwRQIhAMq4\n"
    "66izh8rjxth1lbb5uJnapCT4R43Fz4orvXWcCgnDAiAstfhDnG0+S97CXT669z0Q\n"
    "fZJkfroSFJdz9fGs1o4cJA==\n"
    "-----END CERTIFICATE-----\n";

static INetCertificate *certificate(void)
{
    return INetCertificate_CreateFromBytes((const uint8_t *)certificate_text, sizeof certificate_text - 1, NULL);
}
