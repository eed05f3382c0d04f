// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Connection tracking. A lookup builds the tuple of the *opposite* direction first (a hit means reply), then reverses
 * it and asks for its own (a hit means established). The tuple keeps the form of the last lookup, and a new entry is
 * made in that form.
 */
#ifndef TAILWALK_CONNTRACK_H
#define TAILWALK_CONNTRACK_H

#include "conntrack_defs.h"
#include "dbg.h"
#include "ipv4.h"
#include "ipv6.h"
#include "signal.h"
#include "trace.h"

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

/* Conntrack's clock: whole seconds, or jiffies / 256. */
#ifdef ENABLE_JIFFIES
# define ct_now() ((__u32)(jiffies64() >> 8))
# define ct_seconds(S) ((__u32)(((__u64)(S) * KERNEL_HZ) >> 8))
#else
# define ct_now() ((__u32)(ktime_get_ns() / 1000000000ULL))
# define ct_seconds(S) ((__u32)(S))
#endif

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

/*
 * One lookup with the key as it stands: NEW, ESTABLISHED or REOPENED. Refreshes, counts and closes the entry as the
 * packet demands. The entry's lifetime is never asked: only the agent's collector ends an entry.
 */
static __always_inline enum ct_status ct_lookup_entry(struct __sk_buff *ctx, void *map, const void *key, bool tcp,
						      const enum ct_dir dir, struct ct_l4 l4, struct ct_state *state,
						      __u32 *monitor)
{
	struct ct_entry *entry = map_lookup_elem(map, key);
	bool syn = l4.tcp_flags & TCP_FLAG_SYN;

	if (!entry)
		goto not_found;
#ifdef HAVE_LARGE_INSN_LIMIT
	/* A closing service connection that is opened anew some time later may choose another backend. */
	if (dir == CT_SERVICE && syn && ct_entry_closing(entry) &&
	    entry->last_tx_report + ct_seconds(CT_SERVICE_CLOSE_REBALANCE) <= ct_now())
		goto not_found;
#endif
	cilium_dbg(ctx, DBG_CT_MATCH, entry->lifetime, entry->rev_nat_index);
	if (ct_entry_alive(entry))
		*monitor = ct_update_timeout(entry, tcp, dir, l4.tcp_flags);

	state->rev_nat_index = entry->rev_nat_index;
	state->loopback = entry->lb_loopback;
	state->node_port = entry->node_port;
	state->ifindex = entry->ifindex;
	state->dsr = entry->dsr;
	state->proxy_redirect = entry->proxy_redirect;
	state->from_l7lb = entry->from_l7lb;
	if (dir == CT_SERVICE) {
		state->backend_id = entry->backend_id;
		state->syn = syn;
	}
	ct_account(ctx, entry, dir);

	if (l4.action == ACTION_CREATE) {
		if (syn && ct_entry_closing(entry)) {
			entry->rx_closing = 0;
			entry->tx_closing = 0;
			*monitor = ct_update_timeout(entry, tcp, dir, l4.tcp_flags);
			return CT_REOPENED;
		}
	} else if (l4.action == ACTION_CLOSE) {
		/*
		 * The reference means to spare a reset its full effect once both SYNs were seen, but compares a byte
		 * with a constant that no byte can hold: every reset closes both sides.
		 */
		if ((l4.tcp_flags & TCP_FLAG_RST) && dir != CT_SERVICE) {
			entry->rx_closing = 1;
			entry->tx_closing = 1;
		} else if (dir == CT_INGRESS) {
			entry->rx_closing = 1;
		} else {
			entry->tx_closing = 1;
		}
		*monitor = TRACE_PAYLOAD_LEN;
		if (!ct_entry_alive(entry))
			ct_refresh(entry, ct_seconds(CT_CLOSE_TIMEOUT), dir, l4.tcp_flags);
	}
	return CT_ESTABLISHED;

not_found:
	*monitor = TRACE_PAYLOAD_LEN;
	return CT_NEW;
}

static __always_inline enum ct_status ct_reply_status(enum ct_status status, __u8 tuple_flags)
{
	if (status == CT_NEW)
		return CT_NEW;
	return tuple_flags & TUPLE_F_RELATED ? CT_RELATED : CT_REPLY;
}

static __always_inline int ct_load_tcp_flags(struct __sk_buff *ctx, int l4_off, struct ct_l4 *l4)
{
	__u8 bytes[2];

	if (skb_load_bytes(ctx, l4_off + TCP_FLAGS_OFF, bytes, sizeof(bytes)) < 0)
		return DROP_CT_INVALID_HDR;
	l4->tcp_flags = bytes[1];
	if (l4->tcp_flags & (TCP_FLAG_RST | TCP_FLAG_FIN))
		l4->action = ACTION_CLOSE;
	return 0;
}

/* The value of a new entry. A TCP entry starts with the SYN's short lifetime, whatever opened it. */
static __always_inline void ct_new_entry(const struct __sk_buff *ctx, struct ct_entry *entry, bool tcp,
					 const enum ct_dir dir, const struct ct_state *state, bool proxy_redirect,
					 bool from_l7lb)
{
	memset(entry, 0, sizeof(*entry));
	entry->proxy_redirect = proxy_redirect;
	entry->from_l7lb = from_l7lb;
	entry->lb_loopback = state->loopback;
	entry->node_port = state->node_port;
	entry->dsr = state->dsr;
	entry->ifindex = state->ifindex;
	entry->rev_nat_index = state->rev_nat_index;
	entry->src_sec_id = state->src_sec_id;
	if (dir == CT_SERVICE) {
		entry->backend_id = state->backend_id;
	} else if (dir == CT_INGRESS) {
		entry->rx_packets = 1;
		entry->rx_bytes = ctx->len;
	} else {
		entry->tx_packets = 1;
		entry->tx_bytes = ctx->len;
	}
	ct_update_timeout(entry, tcp, dir, tcp ? TCP_FLAG_SYN : 0);
}

#ifdef ENABLE_IPV4
# include "conntrack4.h"
#endif
#ifdef ENABLE_IPV6
# include "conntrack6.h"
#endif

#endif
