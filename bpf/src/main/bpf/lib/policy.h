// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Policy: one map per endpoint, asked from the most to the least specific key. */
#ifndef TAILWALK_POLICY_H
#define TAILWALK_POLICY_H

#include "conntrack.h"
#include "policy_log.h"
#include "policy_lookup.h"

/* In audit mode a refusal is told and let through. */
static __always_inline int policy_audit(struct __sk_buff *ctx, int verdict, __u32 src, __u32 dst,
					struct policy_result *result)
{
	if (verdict >= 0)
		return verdict;
	cilium_dbg(ctx, DBG_POLICY_DENIED, src, dst);
#ifdef POLICY_AUDIT_MODE
	result->audited = 1;
	verdict = CTX_ACT_OK;
#endif
	return verdict;
}

#ifdef ENABLE_IPV4
/* ICMP takes part in the lookup by its type, in place of a port. 1: allowed without a lookup; negative: unreadable. */
static __always_inline int policy_icmp4(struct __sk_buff *ctx, __be16 *dport)
{
#if defined(ALLOW_ICMP_FRAG_NEEDED) || defined(ENABLE_ICMP_RULE)
	struct iphdr *ip4 = ipv4_header(ctx);
	__u8 icmp[8]; /* the whole header has to be there */

	if (!ip4)
		return DROP_INVALID;
	if (skb_load_bytes(ctx, ipv4_l4_off(ip4), icmp, sizeof(icmp)) < 0)
		return DROP_INVALID;
# ifdef ALLOW_ICMP_FRAG_NEEDED
	if (icmp[0] == ICMP_DEST_UNREACH && icmp[1] == ICMP_FRAG_NEEDED)
		return 1;
# endif
# ifdef ENABLE_ICMP_RULE
	*dport = bpf_htons(icmp[0]);
# endif
#endif
	return 0;
}

static __always_inline int policy_lookup4(struct __sk_buff *ctx, __u32 remote, const struct ipv4_ct_tuple *tuple,
					  const enum ct_dir dir, bool untracked_fragment, struct policy_result *result)
{
	__be16 dport = tuple->dport;
	int verdict = 0;

	if (tuple->nexthdr == IPPROTO_ICMP)
		verdict = policy_icmp4(ctx, &dport);
	if (verdict == 0)
		verdict = policy_verdict(ctx, remote, dport, tuple->nexthdr, dir, untracked_fragment,
					 tuple->dport, result);
	else if (verdict > 0)
		verdict = CTX_ACT_OK;
	return policy_audit(ctx, verdict, dir == CT_EGRESS ? seclabel() : remote,
			    dir == CT_EGRESS ? remote : seclabel(), result);
}
#endif

#ifdef ENABLE_IPV6
/*
 * The ICMPv6 type stands in for the port. As in the reference the header walk's result is written into the packet: with
 * extension headers before ICMPv6, the fixed header claims ICMPv6 from here on.
 */
static __always_inline int policy_icmp6(struct __sk_buff *ctx, __be16 *dport)
{
#ifdef ENABLE_ICMP_RULE
	struct ipv6hdr *ip6 = ipv6_header(ctx);
	__u8 nexthdr, first;
	__u8 type;
	int hdrlen;

	if (!ip6)
		return DROP_INVALID;
	nexthdr = first = ip6->nexthdr;
	hdrlen = ipv6_hdrlen(ctx, &nexthdr);
	if (hdrlen < 0)
		return hdrlen;
	if (nexthdr != first && skb_store_bytes(ctx, ETH_HLEN + IPV6_NEXTHDR_OFF, &nexthdr, sizeof(nexthdr), 0) < 0)
		return DROP_INVALID;
	if (skb_load_bytes(ctx, ETH_HLEN + hdrlen, &type, sizeof(type)) < 0)
		return DROP_INVALID;
	*dport = bpf_htons(type);
#endif
	return 0;
}

static __always_inline int policy_lookup6(struct __sk_buff *ctx, __u32 remote, const struct ipv6_ct_tuple *tuple,
					  const enum ct_dir dir, struct policy_result *result)
{
	__be16 dport = tuple->dport;
	int verdict = 0;

	if (tuple->nexthdr == IPPROTO_ICMPV6)
		verdict = policy_icmp6(ctx, &dport);
	if (verdict == 0)
		verdict = policy_verdict(ctx, remote, dport, tuple->nexthdr, dir, false, tuple->dport, result);
	return policy_audit(ctx, verdict, dir == CT_EGRESS ? seclabel() : remote,
			    dir == CT_EGRESS ? remote : seclabel(), result);
}
#endif

#endif
