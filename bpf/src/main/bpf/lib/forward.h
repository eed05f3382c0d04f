// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Where an admitted packet goes: a local endpoint, the host, the stack; on ingress the device it was going to. */
#ifndef TAILWALK_FORWARD_H
#define TAILWALK_FORWARD_H

#include "local_delivery.h"

/* The packet is admitted: to the device it was going to, or on through the hook it came by. */
static __always_inline int deliver(struct __sk_buff *ctx)
{
	__u32 ifindex = ctx_load_meta(ctx, CB_IFINDEX);

	return ifindex ? redirect(ifindex, 0) : CTX_ACT_OK;
}

#ifdef ENABLE_IPV4
/* To the node's own stack, one hop further if we are its router, and with the sender's identity. */
static __always_inline int pass_to_stack4(struct __sk_buff *ctx, const struct iphdr *ip4, __u32 dst_id,
					  const struct trace_ctx *trace)
{
#ifdef ENABLE_ROUTING
	union macaddr mac;
	int ret;

	node_mac(&mac);
	ret = ipv4_l3(ctx, ip4->ttl, NULL, &mac);
	if (ret != CTX_ACT_OK)
		return ret;
#endif
#ifdef ENABLE_IDENTITY_MARK
	set_identity_mark(ctx, seclabel());
#endif
	send_trace_notify(ctx, TRACE_TO_STACK, seclabel(), dst_id, 0, 0, trace);
	cilium_dbg_capture(ctx, DBG_CAPTURE_DELIVERY, 0);
	return CTX_ACT_OK;
}

/* Local endpoint, host or stack. */
static __always_inline int forward_ipv4(struct __sk_buff *ctx, __u32 dst_id, bool hairpin, bool from_l7lb,
					const struct trace_ctx *trace)
{
	struct iphdr *ip4 = ipv4_header(ctx);
	bool to_host = false;

	if (!ip4)
		return DROP_INVALID;
#ifndef ENABLE_ROUTING
	if (hairpin)
#endif
	{
		struct endpoint_info *ep = lookup_ip4_endpoint(ip4->daddr);

		if (ep) {
#ifdef ENABLE_ROUTING
			to_host = ep->flags & ENDPOINT_F_HOST;
#endif
			if (!to_host) {
				ctx_store_meta(ctx, CB_POLICY, 0);
				return ipv4_local_delivery(ctx, seclabel(), ip4, ep, METRIC_EGRESS, from_l7lb);
			}
		}
	}
#if defined(ENABLE_HOST_FIREWALL) && !defined(ENABLE_ROUTING) && !defined(ERA_WALKTHROUGH2020)
	if (dst_id == HOST_ID) {
		ctx_store_meta(ctx, CB_FROM_HOST, 0);
		tail_call_static(ctx, &POLICY_CALL_MAP, HOST_EP_ID);
		return DROP_MISSED_TAIL_CALL;
	}
#endif
#ifdef ENABLE_HOST_FIREWALL
	if (to_host && dst_id == HOST_ID) {
		send_trace_notify(ctx, TRACE_TO_HOST, seclabel(), HOST_ID, 0, HOST_IFINDEX, trace);
		return redirect(HOST_IFINDEX, BPF_F_INGRESS);
	}
#endif
	return pass_to_stack4(ctx, ip4, dst_id, trace);
}
#endif

#ifdef ENABLE_IPV6
/* To the node's own stack, one hop further if we are its router, and with the sender's identity. */
static __always_inline int pass_to_stack6(struct __sk_buff *ctx, const struct ipv6hdr *ip6, __u32 dst_id,
					  const struct trace_ctx *trace)
{
	int ret;
#ifdef ENABLE_ROUTING
	union macaddr mac;

	node_mac(&mac);
	ret = ipv6_l3(ctx, ip6->hop_limit, NULL, &mac, METRIC_EGRESS);
	if (ret != CTX_ACT_OK)
		return ret;
#endif
	ret = ipv6_store_flowlabel(ctx, seclabel_nb());
	if (ret < 0)
		return ret;
#ifdef ENABLE_IDENTITY_MARK
	set_identity_mark(ctx, seclabel());
#endif
	send_trace_notify(ctx, TRACE_TO_STACK, seclabel(), dst_id, 0, 0, trace);
	cilium_dbg_capture(ctx, DBG_CAPTURE_DELIVERY, 0);
	return CTX_ACT_OK;
}

/* Local endpoint, host or stack. */
static __always_inline int forward_ipv6(struct __sk_buff *ctx, __u32 dst_id, bool hairpin, bool from_l7lb,
					const struct trace_ctx *trace)
{
	struct ipv6hdr *ip6 = ipv6_header(ctx);
	bool to_host = false;

	if (!ip6)
		return DROP_INVALID;
#ifndef ENABLE_ROUTING
	if (hairpin)
#endif
	{
		union v6addr daddr = ip6->daddr;
		struct endpoint_info *ep = lookup_ip6_endpoint(&daddr);

		if (ep) {
#ifdef ENABLE_ROUTING
			to_host = ep->flags & ENDPOINT_F_HOST;
#endif
			if (!to_host) {
				ctx_store_meta(ctx, CB_POLICY, 0);
				return ipv6_local_delivery(ctx, seclabel(), ip6, ep, METRIC_EGRESS, from_l7lb);
			}
		}
	}
#if defined(ENABLE_HOST_FIREWALL) && !defined(ENABLE_ROUTING) && !defined(ERA_WALKTHROUGH2020)
	if (dst_id == HOST_ID) {
		ctx_store_meta(ctx, CB_FROM_HOST, 0);
		tail_call_static(ctx, &POLICY_CALL_MAP, HOST_EP_ID);
		return DROP_MISSED_TAIL_CALL;
	}
#endif
#ifdef ENABLE_HOST_FIREWALL
	if (to_host && dst_id == HOST_ID) {
		send_trace_notify(ctx, TRACE_TO_HOST, seclabel(), HOST_ID, 0, HOST_IFINDEX, trace);
		return redirect(HOST_IFINDEX, BPF_F_INGRESS);
	}
#endif
	return pass_to_stack6(ctx, ip6, dst_id, trace);
}
#endif

#endif
