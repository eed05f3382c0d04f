// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Hand-over to the proxy. Ports are in network order, as stored in the policy map. */
#ifndef TAILWALK_PROXY_H
#define TAILWALK_PROXY_H

#include "l3.h"

#define proxy_mark(PORT) (MARK_MAGIC_TO_PROXY | (__u32)(__be16)(PORT) << 16)

/* By mark: the host stack steers a packet that carries it to the proxy's socket. */
static __always_inline int ctx_redirect_to_proxy(struct __sk_buff *ctx, __be16 port)
{
	ctx->mark = proxy_mark(port);
	cilium_dbg(ctx, (enum dbg_msg)DBG_CAPTURE_PROXY_PRE, port, 0); /* a capture's number, sent as a message */
	skb_change_type(ctx, PACKET_HOST);
	return CTX_ACT_OK;
}

/* Back out through the host device, for packets that the stack has already routed to the endpoint. */
static __always_inline int proxy_hairpin(struct __sk_buff *ctx, __be16 port)
{
	cilium_dbg(ctx, (enum dbg_msg)DBG_CAPTURE_PROXY_PRE, port, 0);
	return redirect(HOST_IFINDEX, 0);
}

static __always_inline void host_device_mac(union macaddr *mac)
{
	*mac = (union macaddr){ .addr = { HOST_IFINDEX_MAC } };
}

#if defined(ENABLE_IPV4) || defined(ERA_WALKTHROUGH2020)
static __always_inline int ctx_redirect_to_proxy_hairpin4(struct __sk_buff *ctx, __be16 port)
{
	struct iphdr *ip4 = ipv4_header(ctx);
	union macaddr smac, dmac;
	int ret;

	ctx_store_meta(ctx, 0, proxy_mark(port));
	if (!ip4)
		return DROP_INVALID;
	node_mac(&smac);
	host_device_mac(&dmac);
	ret = ipv4_l3(ctx, ip4->ttl, &smac, &dmac);
	return ret != CTX_ACT_OK ? ret : proxy_hairpin(ctx, port);
}
#endif

#ifdef ENABLE_IPV6
static __always_inline int ctx_redirect_to_proxy_hairpin6(struct __sk_buff *ctx, __be16 port)
{
	struct ipv6hdr *ip6 = ipv6_header(ctx);
	union macaddr smac, dmac;
	int ret;

	ctx_store_meta(ctx, 0, proxy_mark(port));
	if (!ip6)
		return DROP_INVALID;
	node_mac(&smac);
	host_device_mac(&dmac);
	/* A hop limit that is spent is told as if the packet came from the pod: the original does so. */
	ret = ipv6_l3(ctx, ip6->hop_limit, &smac, &dmac, METRIC_EGRESS);
	return ret != CTX_ACT_OK ? ret : proxy_hairpin(ctx, port);
}
#endif

#endif
