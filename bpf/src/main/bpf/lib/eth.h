// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Ethernet. */
#ifndef TAILWALK_ETH_H
#define TAILWALK_ETH_H

#include "ctx.h"

#define ETH_HLEN 14
#define ETH_P_IP 0x0800
#define ETH_P_ARP 0x0806
#define ETH_P_IPV6 0x86DD
#define ETH_P_802_3_MIN 0x0600

struct ethhdr {
	union macaddr h_dest;
	union macaddr h_source;
	__be16 h_proto;
} __packed;

_Static_assert(sizeof(struct ethhdr) == ETH_HLEN, "Ethernet header layout");

/* The first len bytes of the frame, readable without a helper; NULL if the frame is shorter. */
static __always_inline void *ctx_pull(struct __sk_buff *ctx, const __u32 len)
{
	void *data = (void *)(long)ctx->data;

	if (data + len > (void *)(long)ctx->data_end) {
		if (skb_pull_data(ctx, len) < 0)
			return NULL;
		data = (void *)(long)ctx->data;
		if (data + len > (void *)(long)ctx->data_end)
			return NULL;
	}
	return data;
}

/* Fails for frames without a whole Ethernet header and for 802.3 lengths in place of a type. */
static __always_inline bool validate_ethertype(struct __sk_buff *ctx, __u16 *proto)
{
	struct ethhdr *eth = (void *)(long)ctx->data;

	if ((void *)(eth + 1) > (void *)(long)ctx->data_end)
		return false;
	*proto = bpf_ntohs(eth->h_proto);
	return *proto >= ETH_P_802_3_MIN;
}

static __always_inline int eth_store_daddr(struct __sk_buff *ctx, const union macaddr *mac)
{
	return skb_store_bytes(ctx, 0, mac, sizeof(*mac), 0) < 0 ? DROP_WRITE_ERROR : 0;
}

static __always_inline int eth_store_saddr(struct __sk_buff *ctx, const union macaddr *mac)
{
	return skb_store_bytes(ctx, sizeof(*mac), mac, sizeof(*mac), 0) < 0 ? DROP_WRITE_ERROR : 0;
}

#endif
