// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * One conntrack entry in 2020, in place of lib/conntrack_entry.h: a closing entry that a SYN opens again stays
 * ESTABLISHED, and a reset closes its own direction only, as a FIN does.
 */
#ifndef TAILWALK_CONNTRACK_ENTRY_H
#define TAILWALK_CONNTRACK_ENTRY_H

#include "../lib/conntrack_base.h"
#include "../lib/dbg.h"

#define DNS_PORT 53

/* Packets of DNS are reported whole, whatever conntrack says. Of a reply the tuple's destination is the sender. */
static __always_inline void ct_monitor_dns(__be16 dport, __u32 *monitor)
{
	if (dport == bpf_htons(DNS_PORT))
		*monitor = MTU;
}

/* One lookup with the key as it stands: NEW or ESTABLISHED. */
static __always_inline enum ct_status ct_lookup_entry(struct __sk_buff *ctx, void *map, const void *key, bool tcp,
						      const enum ct_dir dir, struct ct_l4 l4, struct ct_state *state,
						      __u32 *monitor)
{
	struct ct_entry *entry = map_lookup_elem(map, key);
	bool syn = l4.tcp_flags & TCP_FLAG_SYN;

	if (!entry) {
		*monitor = TRACE_PAYLOAD_LEN;
		return CT_NEW;
	}
	cilium_dbg(ctx, DBG_CT_MATCH, entry->lifetime, entry->rev_nat_index);
	if (ct_entry_alive(entry))
		*monitor = ct_update_timeout(entry, tcp, dir, l4.tcp_flags);

	state->rev_nat_index = entry->rev_nat_index;
	state->loopback = entry->lb_loopback;
	state->node_port = entry->node_port;
	state->ifindex = entry->ifindex;
	state->dsr = entry->dsr;
	state->proxy_redirect = entry->proxy_redirect;
	if (dir == CT_SERVICE)
		state->backend_id = ct_entry_backend_id(entry);
	ct_account(ctx, entry, dir);

	if (l4.action == ACTION_CREATE) {
		if (syn && ct_entry_closing(entry)) {
			entry->rx_closing = 0;
			entry->tx_closing = 0;
			*monitor = ct_update_timeout(entry, tcp, dir, l4.tcp_flags);
		}
	} else if (l4.action == ACTION_CLOSE) {
		if (dir == CT_INGRESS)
			entry->rx_closing = 1;
		else
			entry->tx_closing = 1;
		*monitor = TRACE_PAYLOAD_LEN;
		if (!ct_entry_alive(entry))
			ct_refresh(entry, ct_seconds(CT_CLOSE_TIMEOUT), dir, l4.tcp_flags);
	}
	return CT_ESTABLISHED;
}

/* The value of a new entry; the last parameter is of a later time. */
static __always_inline void ct_new_entry(const struct __sk_buff *ctx, struct ct_entry *entry, bool tcp,
					 const enum ct_dir dir, const struct ct_state *state, bool proxy_redirect,
					 bool from_l7lb)
{
	memset(entry, 0, sizeof(*entry));
	entry->proxy_redirect = proxy_redirect;
	entry->lb_loopback = state->loopback;
	entry->node_port = state->node_port;
	entry->dsr = state->dsr;
	entry->ifindex = state->ifindex;
	entry->rev_nat_index = state->rev_nat_index;
	entry->src_sec_id = state->src_sec_id;
	if (dir == CT_SERVICE) {
		ct_entry_backend_id(entry) = state->backend_id;
	} else if (dir == CT_INGRESS) {
		entry->rx_packets = 1;
		entry->rx_bytes = ctx->len;
	} else {
		entry->tx_packets = 1;
		entry->tx_bytes = ctx->len;
	}
	ct_update_timeout(entry, tcp, dir, tcp ? TCP_FLAG_SYN : 0);
}

#endif
