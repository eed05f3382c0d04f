// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * What is checked before anything is looked up: that the pod sends as itself. The header is given to a caller that goes on
 * with it.
 */
#ifndef TAILWALK_EGRESS_CHECK_H
#define TAILWALK_EGRESS_CHECK_H

#include "ipv4.h"
#include "ipv6.h"
#include "static_data.h"

#ifdef ENABLE_IPV4
static __always_inline int check_ipv4_from_lxc(struct __sk_buff *ctx, struct iphdr **header)
{
	struct iphdr *ip4 = ipv4_header(ctx);

	if (!ip4)
		return DROP_INVALID;
#if !defined(ENABLE_IPV4_FRAGMENTS) && !defined(ERA_WALKTHROUGH2020)
	if (ipv4_is_fragment(ip4))
		return DROP_FRAG_NOSUPPORT;
#endif
#ifndef DISABLE_SIP_VERIFICATION
	if (ip4->saddr != lxc_ipv4())
		return DROP_INVALID_SIP;
#endif
	*header = ip4;
	return 0;
}
#endif

#ifdef ENABLE_IPV6
# include "icmp6.h"

/* Neighbour discovery and echo to the router end here. */
static __always_inline int check_ipv6_from_lxc(struct __sk_buff *ctx, struct ipv6hdr **header)
{
	struct ipv6hdr *ip6 = ipv6_header(ctx);
	int ret;

	if (!ip6)
		return DROP_INVALID;
	if (ip6->nexthdr == IPPROTO_ICMPV6) {
		ret = icmp6_handle_special(ctx, ETH_HLEN, ip6, METRIC_EGRESS);
		if (ret != ICMP6_ORDINARY)
			return ret;
		ip6 = ipv6_header(ctx);
		if (!ip6)
			return DROP_INVALID;
	}
#ifndef DISABLE_SIP_VERIFICATION
	union v6addr own, saddr = ip6->saddr;

	lxc_ipv6(&own);
	if (!ipv6_addr_equals(&saddr, &own))
		return DROP_INVALID_SIP;
#endif
	*header = ip6;
	return 0;
}
#endif

#endif
