//! Lists of revoked certificates and OCSP responses: what is taken is what is kept, and taken again.

use super::face::{Handle, count, octets, status, sure};
use inetmail::ffi::crl_collection::*;
use inetmail::ffi::ocsp_collection::*;

pub fn crl(data: &[u8]) {
    #[cfg(fuzzing)]
    inetmail::fuzz::pki::crl(data);
    let lists = sure(INetCrlCollection_Create());
    let add = |octets: &[u8]| {
        status(unsafe { INetCrlCollection_AddBytes(lists.0, octets.as_ptr(), octets.len()) })
    };
    let added = add(data);
    let found = count(INetCrlCollection_GetCount(lists.0));
    assert_eq!(added, found > 0, "all or nothing is added");
    for index in 0..found {
        let list = list(&lists, index);
        assert!(add(&list), "written and read again");
        assert_eq!(self::list(&lists, count(INetCrlCollection_GetCount(lists.0)) - 1), list);
    }
}

fn list(lists: &Handle<INetCrlCollection>, index: i32) -> Vec<u8> {
    let list = octets(|buffer, capacity| unsafe {
        INetCrlCollection_GetBytes(lists.0, index, buffer, capacity)
    });
    list.expect("octets")
}

pub fn ocsp_response(data: &[u8]) {
    #[cfg(fuzzing)]
    inetmail::fuzz::pki::ocsp_response(data);
    let responses = sure(INetOcspCollection_Create());
    let added =
        status(unsafe { INetOcspCollection_AddBytes(responses.0, data.as_ptr(), data.len()) });
    assert_eq!(count(INetOcspCollection_GetCount(responses.0)), i32::from(added));
    if added {
        let kept = octets(|buffer, capacity| unsafe {
            INetOcspCollection_GetBytes(responses.0, 0, buffer, capacity)
        });
        assert_eq!(kept.expect("octets"), data);
    }
}
