// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Network-layer forwarding: hop count, link addresses, flow label. */
#ifndef TAILWALK_L3_H
#define TAILWALK_L3_H

#include "conntrack.h"
#include "drop.h"
#include "eps.h"
#ifdef ENABLE_IPV6
# include "icmp6.h"
#endif

/* Either address may be left as it is (NULL). */
static __always_inline int l2_rewrite(struct __sk_buff *ctx, const union macaddr *smac, const union macaddr *dmac)
{
	if (smac && eth_store_saddr(ctx, smac) < 0)
		return DROP_WRITE_ERROR;
	if (dmac && eth_store_daddr(ctx, dmac) < 0)
		return DROP_WRITE_ERROR;
	return 0;
}

#if defined(ENABLE_IPV4) || defined(ERA_WALKTHROUGH2020)
/* One hop further. A packet that may not go on is an error, not answered. */
static __always_inline int ipv4_l3(struct __sk_buff *ctx, __u8 ttl, const union macaddr *smac,
				   const union macaddr *dmac)
{
	__u8 new_ttl = ttl - 1;

	if (ttl <= 1)
		return DROP_INVALID;
	/* The checksum adds 16-bit words: the time to live is the first byte of its word. */
	if (l3_csum_replace(ctx, ETH_HLEN + IPV4_CSUM_OFF, ttl, new_ttl, 2) < 0)
		return DROP_INVALID;
	if (skb_store_bytes(ctx, ETH_HLEN + IPV4_TTL_OFF, &new_ttl, sizeof(new_ttl), 0) < 0)
		return DROP_WRITE_ERROR;
	return l2_rewrite(ctx, smac, dmac);
}
#endif

#ifdef ENABLE_IPV6
/* One hop further, or "time exceeded" to the sender: then the result is that program's. */
static __always_inline int ipv6_l3(struct __sk_buff *ctx, __u8 hop_limit, const union macaddr *smac,
				   const union macaddr *dmac, __u8 direction)
{
	__u8 new_limit = hop_limit - 1;

	if (hop_limit <= 1)
		return icmp6_send_time_exceeded(ctx, ETH_HLEN, direction);
	if (skb_store_bytes(ctx, ETH_HLEN + IPV6_HOP_LIMIT_OFF, &new_limit, sizeof(new_limit), 0) < 0)
		return DROP_WRITE_ERROR;
	return l2_rewrite(ctx, smac, dmac);
}

/* Carries the identity (network order) in the flow label. */
static __always_inline int ipv6_store_flowlabel(struct __sk_buff *ctx, __be32 label)
{
	__be32 word;

	if (skb_load_bytes(ctx, ETH_HLEN, &word, sizeof(word)) < 0)
		return DROP_INVALID;
	word = bpf_htonl(IPV6_VERSION_WORD) | (word & bpf_htonl(IPV6_TCLASS_MASK)) | label;
	if (skb_store_bytes(ctx, ETH_HLEN, &word, sizeof(word), 0) < 0)
		return DROP_WRITE_ERROR;
	return 0;
}
#endif

#endif
