//! The settings of delivery: defaults and ranges.

use super::*;

#[test]
fn settings_have_defaults_and_ranges() {
    let client = client("127.0.0.1", 25);
    let settings: [Setting<i32>; 15] = [
        (INetSmtpClient_GetUsePipelining, INetSmtpClient_SetUsePipelining, 0, &[1, 2, 0], &[-1, 3]),
        (INetSmtpClient_GetUseChunking, INetSmtpClient_SetUseChunking, 0, &[1, 2, 0], &[-1, 3]),
        (
            INetSmtpClient_GetWindowMessages,
            INetSmtpClient_SetWindowMessages,
            64,
            &[1, 65535],
            &[0, -1, 65536],
        ),
        (
            INetSmtpClient_GetUseMultiConnection,
            INetSmtpClient_SetUseMultiConnection,
            INET_MULTI_CONNECTION_DISABLE,
            &[INET_MULTI_CONNECTION_ENABLE, INET_MULTI_CONNECTION_DISABLE],
            &[-1, 2],
        ),
        (
            INetSmtpClient_GetConnectionsQuantity,
            INetSmtpClient_SetConnectionsQuantity,
            3,
            &[1, 1024],
            &[0, 1025],
        ),
        (
            INetSmtpClient_GetMaxConnections,
            INetSmtpClient_SetMaxConnections,
            0,
            &[1, 65535, 0],
            &[-1, 65536],
        ),
        (
            INetSmtpClient_GetMaxMessagesPerConnection,
            INetSmtpClient_SetMaxMessagesPerConnection,
            0,
            &[1, i32::MAX, 0],
            &[-1],
        ),
        (
            INetSmtpClient_GetMaxIdleTime,
            INetSmtpClient_SetMaxIdleTime,
            300_000,
            &[1, i32::MAX, 0],
            &[-1],
        ),
        (
            INetSmtpClient_GetMaxConnectionAge,
            INetSmtpClient_SetMaxConnectionAge,
            0,
            &[1, i32::MAX, 0],
            &[-1],
        ),
        (
            INetSmtpClient_GetProbeAfterIdle,
            INetSmtpClient_SetProbeAfterIdle,
            30_000,
            &[-1, 0, i32::MAX],
            &[-2],
        ),
        (
            INetSmtpClient_GetMaxMessagesPerSecond,
            INetSmtpClient_SetMaxMessagesPerSecond,
            0,
            &[1, i32::MAX, 0],
            &[-1],
        ),
        (
            INetSmtpClient_GetMaxMessagesPerMinute,
            INetSmtpClient_SetMaxMessagesPerMinute,
            0,
            &[1, i32::MAX, 0],
            &[-1],
        ),
        (
            INetSmtpClient_GetThrottleRetries,
            INetSmtpClient_SetThrottleRetries,
            0,
            &[1, 100, 0],
            &[-1, 101],
        ),
        (
            INetSmtpClient_GetThrottleDelay,
            INetSmtpClient_SetThrottleDelay,
            1000,
            &[0, i32::MAX],
            &[-1],
        ),
        (INetSmtpClient_GetStopOnFailure, INetSmtpClient_SetStopOnFailure, 0, &[1, 0], &[]),
    ];
    check_settings(&client, &settings);
}

#[test]
fn sizes_have_defaults_and_ranges() {
    let client = client("127.0.0.1", 25);
    let settings: [Setting<i64>; 2] = [
        (INetSmtpClient_GetChunkSize, INetSmtpClient_SetChunkSize, 0, &[1, i64::MAX, 0], &[-1]),
        (
            INetSmtpClient_GetWindowSize,
            INetSmtpClient_SetWindowSize,
            1 << 20,
            &[1, i64::MAX],
            &[0, i64::MIN],
        ),
    ];
    check_settings(&client, &settings);
}

type Get<N> = extern "C" fn(*const INetSmtpClient) -> N;
type Set<N> = extern "C" fn(*mut INetSmtpClient, N) -> i32;

/// Getter, setter, default, what is taken, what is refused.
type Setting<N> = (Get<N>, Set<N>, N, &'static [N], &'static [N]);

fn check_settings<N: Copy + Debug + Display + PartialEq>(client: &Client, settings: &[Setting<N>]) {
    for (place, &(get, set, default, good, bad)) in settings.iter().enumerate() {
        assert_eq!(get(client.0), default, "setting {place}");
        for &value in good {
            ok(set(client.0, value));
            assert_eq!(get(client.0), value, "setting {place}");
        }
        let last = get(client.0);
        for &value in bad {
            assert_eq!(status_name(set(client.0, value)), "INET_E_ARGUMENT_OUT_OF_RANGE");
            let said = Record::of_this_thread().message;
            assert!(said.contains(&value.to_string()), "setting {place}: {said}");
            assert_eq!(get(client.0), last, "setting {place}");
        }
    }
}
