// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* One conntrack entry: what a packet does to it, and what a new one holds. walkthrough2020 brings its own instead. */
#ifndef TAILWALK_CONNTRACK_ENTRY_H
#define TAILWALK_CONNTRACK_ENTRY_H

#include "conntrack_base.h"
#include "dbg.h"

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
	cilium_dbg(ctx, DBG_CT_MATCH, entry->lifetime, entry->rev_nat_index);
#ifdef HAVE_LARGE_INSN_LIMIT
	/*
	 * A closing service connection that is opened anew some time later may choose another backend. Here alone the
	 * original compares the entry's 32 bits with the whole clock: once that has wrapped, the time is always over.
	 */
	if (dir == CT_SERVICE && syn && ct_entry_closing(entry) &&
	    (__u32)(entry->last_tx_report + ct_seconds(CT_SERVICE_CLOSE_REBALANCE)) <= ct_now_whole())
		goto not_found;
#endif
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
		state->backend_id = ct_entry_backend_id(entry);
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
