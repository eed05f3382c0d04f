// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* What a packet says to conntrack, conntrack's clock, and how long an entry lives. */
#ifndef TAILWALK_CONNTRACK_BASE_H
#define TAILWALK_CONNTRACK_BASE_H

#include "conntrack_defs.h"
#include "layout.h"

#define TCP_FLAG_FIN 0x01
#define TCP_FLAG_SYN 0x02
#define TCP_FLAG_RST 0x04

#define ICMP_ECHOREPLY 0
#define ICMP_DEST_UNREACH 3
#define ICMP_ECHO 8
#define ICMP_TIME_EXCEEDED 11
#define ICMP_PARAMETERPROB 12
#define ICMP_FRAG_NEEDED 4

#define ICMPV6_DEST_UNREACH 1
#define ICMPV6_PKT_TOOBIG 2
#define ICMPV6_TIME_EXCEED 3
#define ICMPV6_PARAMPROB 4
#define ICMPV6_ECHO_REQUEST 128
#define ICMPV6_ECHO_REPLY 129
#define ICMP_ID_OFF 4

/* What the transport header says about a packet. */
struct ct_l4 {
	enum ct_action action;
	__u8 tcp_flags;
};

/* Conntrack's clock: whole seconds, or jiffies / 256. Entries keep 32 bits of it. */
#ifdef ENABLE_JIFFIES
# define ct_now_whole() (jiffies64() >> 8)
# define ct_seconds(S) ((__u32)(((__u64)(S) * KERNEL_HZ) >> 8))
#else
# define ct_now_whole() (ktime_get_ns() / 1000000000ULL)
# define ct_seconds(S) ((__u32)(S))
#endif
#define ct_now() ((__u32)ct_now_whole())

/* Sets the lifetime; returns how many bytes to report, 0 if there is nothing new to report. */
static __always_inline __u32 ct_refresh(struct ct_entry *entry, __u32 lifetime, const enum ct_dir dir, __u8 flags)
{
	__u32 now = ct_now();
	__u8 accumulated;
	__u32 last_report;
	__u8 seen;

	entry->lifetime = now + lifetime;
	if (dir == CT_INGRESS) {
		accumulated = entry->rx_flags_seen;
		last_report = entry->last_rx_report;
	} else {
		accumulated = entry->tx_flags_seen;
		last_report = entry->last_tx_report;
	}
	seen = (flags & CT_REPORT_FLAGS) | accumulated;
	if (last_report + ct_seconds(CT_REPORT_INTERVAL) >= now && seen == accumulated)
		return 0;
	if (dir == CT_INGRESS) {
		entry->rx_flags_seen = seen;
		entry->last_rx_report = now;
	} else {
		entry->tx_flags_seen = seen;
		entry->last_tx_report = now;
	}
	return TRACE_PAYLOAD_LEN;
}

/* The lifetime a packet gives its entry: short until a TCP packet without SYN was seen. */
static __always_inline __u32 ct_update_timeout(struct ct_entry *entry, bool tcp, const enum ct_dir dir, __u8 flags)
{
	__u32 lifetime;

	if (tcp) {
		if (!(flags & TCP_FLAG_SYN))
			entry->seen_non_syn = 1;
		if (!entry->seen_non_syn)
			lifetime = ct_seconds(CT_SYN_TIMEOUT);
		else if (dir == CT_SERVICE)
			lifetime = ct_seconds(CT_SERVICE_LIFETIME_TCP);
		else
			lifetime = ct_seconds(CT_CONNECTION_LIFETIME_TCP);
	} else if (dir == CT_SERVICE) {
		lifetime = ct_seconds(CT_SERVICE_LIFETIME_NONTCP);
	} else {
		lifetime = ct_seconds(CT_CONNECTION_LIFETIME_NONTCP);
	}
	return ct_refresh(entry, lifetime, dir, flags);
}

static __always_inline bool ct_entry_alive(const struct ct_entry *entry)
{
	return !entry->rx_closing || !entry->tx_closing;
}

static __always_inline bool ct_entry_closing(const struct ct_entry *entry)
{
	return entry->rx_closing || entry->tx_closing;
}

static __always_inline void ct_account(const struct __sk_buff *ctx, struct ct_entry *entry, const enum ct_dir dir)
{
#ifdef CONNTRACK_ACCOUNTING
	if (dir == CT_INGRESS) {
		__sync_fetch_and_add(&entry->rx_packets, 1);
		__sync_fetch_and_add(&entry->rx_bytes, ctx->len);
	} else if (dir == CT_EGRESS) {
		__sync_fetch_and_add(&entry->tx_packets, 1);
		__sync_fetch_and_add(&entry->tx_bytes, ctx->len);
	}
#endif
}

#endif
