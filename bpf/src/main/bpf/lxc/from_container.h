// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* What the pod sends: the hook, then checks and services, conntrack, policy and forwarding, a family at a time. */
#ifndef TAILWALK_FROM_CONTAINER_H
#define TAILWALK_FROM_CONTAINER_H

#include "../lib/custom_calls.h"
#include "../lib/egress_check.h"
#include "../lib/hooks.h"
#include "conntrack_program.h"

#ifdef ENABLE_IPV4
# include "../lib/egress4.h"
#endif
#ifdef ENABLE_IPV6
# include "../lib/egress6.h"
#endif
#if defined(ENABLE_ARP_RESPONDER) && defined(ENABLE_IPV4)
# include "../lib/arp.h"
#endif

#ifdef ENABLE_IPV6
declare_tailcall_if(PER_PACKET_LB, CILIUM_CALL_IPV6_FROM_LXC_CONT)
int tail_handle_ipv6_cont(struct __sk_buff *ctx)
{
	__u32 dst_id = 0;
	int ret = handle_ipv6_cont(ctx, &dst_id);

	if (IS_ERR(ret))
		return send_drop_notify(ctx, seclabel(), dst_id, 0, ret, CTX_ACT_DROP, METRIC_EGRESS);
	custom_call(ctx, CUSTOM_CALLS_IDX_IPV6_EGRESS, ret, dst_id, METRIC_EGRESS);
	return ret;
}

declare_tailcall_if(PER_PACKET_LB, CILIUM_CALL_IPV6_CT_EGRESS)
int tail_ipv6_ct_egress(struct __sk_buff *ctx)
{
	int ret = ct_lookup_to_buffer6(ctx, CT_EGRESS);

	if (ret)
		return ret;
	INVOKE_TAILCALL_IF(ret, PER_PACKET_LB, CILIUM_CALL_IPV6_FROM_LXC_CONT, tail_handle_ipv6_cont);
	return ct_result(ctx, CT_EGRESS, ret);
}

static __always_inline int handle_ipv6_from_lxc(struct __sk_buff *ctx)
{
	struct ipv6hdr *ip6;
	int ret = check_ipv6_from_lxc(ctx, &ip6);

	if (ret != CTX_ACT_OK)
		return ret;
#ifdef ENABLE_PER_PACKET_LB
	ret = lb6_egress(ctx, ip6);
	if (IS_ERR(ret))
		return ret;
#endif
	INVOKE_TAILCALL_IF(ret, PER_PACKET_LB, CILIUM_CALL_IPV6_CT_EGRESS, tail_ipv6_ct_egress);
	return ret;
}

__section_tail(CALLS_MAP_ID, CILIUM_CALL_IPV6_FROM_LXC)
int tail_handle_ipv6(struct __sk_buff *ctx)
{
	int ret = handle_ipv6_from_lxc(ctx);

	if (IS_ERR(ret))
		return send_drop_notify_error(ctx, seclabel(), ret, CTX_ACT_DROP, METRIC_EGRESS);
	return ret;
}
#endif

#ifdef ENABLE_IPV4
declare_tailcall_if(PER_PACKET_LB, CILIUM_CALL_IPV4_FROM_LXC_CONT)
int tail_handle_ipv4_cont(struct __sk_buff *ctx)
{
	__u32 dst_id = 0;
	int ret = handle_ipv4_cont(ctx, &dst_id);

	if (IS_ERR(ret))
		return send_drop_notify(ctx, seclabel(), dst_id, 0, ret, CTX_ACT_DROP, METRIC_EGRESS);
	custom_call(ctx, CUSTOM_CALLS_IDX_IPV4_EGRESS, ret, dst_id, METRIC_EGRESS);
	return ret;
}

declare_tailcall_if(PER_PACKET_LB, CILIUM_CALL_IPV4_CT_EGRESS)
int tail_ipv4_ct_egress(struct __sk_buff *ctx)
{
	int ret = ct_lookup_to_buffer4(ctx, CT_EGRESS);

	if (ret)
		return ret;
	INVOKE_TAILCALL_IF(ret, PER_PACKET_LB, CILIUM_CALL_IPV4_FROM_LXC_CONT, tail_handle_ipv4_cont);
	return ct_result(ctx, CT_EGRESS, ret);
}

static __always_inline int handle_ipv4_from_lxc(struct __sk_buff *ctx)
{
	struct iphdr *ip4;
	int ret = check_ipv4_from_lxc(ctx, &ip4);

	if (ret != CTX_ACT_OK)
		return ret;
#ifdef ENABLE_PER_PACKET_LB
	ret = lb4_egress(ctx, ip4);
	if (IS_ERR(ret))
		return ret;
#endif
	INVOKE_TAILCALL_IF(ret, PER_PACKET_LB, CILIUM_CALL_IPV4_CT_EGRESS, tail_ipv4_ct_egress);
	return ret;
}

__section_tail(CALLS_MAP_ID, CILIUM_CALL_IPV4_FROM_LXC)
int tail_handle_ipv4(struct __sk_buff *ctx)
{
	int ret = handle_ipv4_from_lxc(ctx);

	if (IS_ERR(ret))
		return send_drop_notify_error(ctx, seclabel(), ret, CTX_ACT_DROP, METRIC_EGRESS);
	return ret;
}
#endif

__section_entry("from-container")
int cil_from_container(struct __sk_buff *ctx)
{
	__u16 proto;
	int ret;

	if (!from_container_begins(ctx, &proto)) {
		ret = DROP_UNSUPPORTED_L2;
		goto out;
	}
	switch (proto) {
#ifdef ENABLE_IPV6
	case ETH_P_IPV6:
# ifdef ENABLE_BANDWIDTH_MANAGER
		ctx->queue_mapping = lxc_id();
# endif
		ep_tail_call(ctx, CILIUM_CALL_IPV6_FROM_LXC);
		ret = DROP_MISSED_TAIL_CALL;
		break;
#endif
#ifdef ENABLE_IPV4
	case ETH_P_IP:
# ifdef ENABLE_BANDWIDTH_MANAGER
		ctx->queue_mapping = lxc_id();
# endif
		ep_tail_call(ctx, CILIUM_CALL_IPV4_FROM_LXC);
		ret = DROP_MISSED_TAIL_CALL;
		break;
# ifdef ENABLE_ARP_PASSTHROUGH
	case ETH_P_ARP:
		ret = CTX_ACT_OK;
		break;
# elif defined(ENABLE_ARP_RESPONDER)
	case ETH_P_ARP:
		ep_tail_call(ctx, CILIUM_CALL_ARP);
		ret = DROP_MISSED_TAIL_CALL;
		break;
# endif
#endif
	default:
		ret = DROP_UNKNOWN_L3;
		break;
	}
out:
	if (IS_ERR(ret))
		return send_drop_notify_error(ctx, seclabel(), ret, CTX_ACT_DROP, METRIC_EGRESS);
	return ret;
}

/* From the L7 load balancer's proxy on behalf of the endpoint. */
#ifdef ENABLE_L7_LB
__section_tail(POLICY_EGRESSCALL_MAP_ID, 0xffff)
int handle_policy_egress(struct __sk_buff *ctx)
{
	struct trace_ctx trace = { .reason = TRACE_REASON_UNKNOWN, .monitor = TRACE_PAYLOAD_LEN };
	__u16 proto;
	int ret;

	if (!validate_ethertype(ctx, &proto)) {
		ret = DROP_UNSUPPORTED_L2;
		goto out;
	}
	ctx_store_meta(ctx, CB_FROM_HOST, FROM_HOST_L7_LB);
	send_trace_notify(ctx, TRACE_FROM_PROXY, seclabel(), 0, 0, 0, &trace);
	switch (proto) {
# ifdef ENABLE_IPV6
	case ETH_P_IPV6:
		ep_tail_call(ctx, CILIUM_CALL_IPV6_FROM_LXC);
		ret = DROP_MISSED_TAIL_CALL;
		break;
# endif
# ifdef ENABLE_IPV4
	case ETH_P_IP:
		ep_tail_call(ctx, CILIUM_CALL_IPV4_FROM_LXC);
		ret = DROP_MISSED_TAIL_CALL;
		break;
# endif
	default:
		ret = DROP_UNKNOWN_L3;
		break;
	}
out:
	if (IS_ERR(ret))
		return send_drop_notify(ctx, seclabel(), 0, lxc_id(), ret, CTX_ACT_DROP, METRIC_EGRESS);
	return ret;
}
#endif

#endif
