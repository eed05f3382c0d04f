// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * The per-endpoint datapath as the walk-throughs of August 2020 describe it: conntrack and policy in one function per
 * direction and family, a third of the tail calls, every error notified by the program it happened in. Where it does not
 * differ it shares the headers of lib/.
 *
 * What differs stands in walkthrough2020/ and is included first: these headers carry the guards of those in lib/ that they
 * take the place of.
 */
#ifndef MTU
# define MTU 1500
#endif

/* Options of a later time. */
#undef ENABLE_L7_LB
#undef ENABLE_SCTP
#undef ENABLE_CUSTOM_CALLS
#undef ENABLE_ICMP_RULE

#include "walkthrough2020/maps.h"
#include "walkthrough2020/conntrack_entry.h"
#include "walkthrough2020/policy_lookup.h"
#include "walkthrough2020/drop.h"
#include "walkthrough2020/ingress.h"
#include "lib/arrival.h"
#include "lib/hooks.h"

#if defined(ENABLE_ARP_RESPONDER) && defined(ENABLE_IPV4)
# include "lib/arp.h"
#endif

char ____license[] __section("license") = "Dual BSD/GPL";

#if defined(DEBUG) || (defined(ENABLE_IPV4) && defined(ENABLE_IPV6))
# define FROM_LXC_SEPARATE 1
#else
# define FROM_LXC_SEPARATE 0
#endif

/* From the container. */
#ifdef ENABLE_IPV6
declare_tailcall_if(FROM_LXC_SEPARATE, CILIUM_CALL_IPV6_FROM_LXC)
int tail_handle_ipv6(struct __sk_buff *ctx)
{
	__u32 dst_id = 0;
	int ret = handle_ipv6_from_lxc(ctx, &dst_id);

	if (IS_ERR(ret))
		return send_drop_notify(ctx, seclabel(), dst_id, 0, ret, CTX_ACT_DROP, METRIC_EGRESS);
	return ret;
}
#endif

#ifdef ENABLE_IPV4
declare_tailcall_if(FROM_LXC_SEPARATE, CILIUM_CALL_IPV4_FROM_LXC)
int tail_handle_ipv4(struct __sk_buff *ctx)
{
	__u32 dst_id = 0;
	int ret = handle_ipv4_from_lxc(ctx, &dst_id);

	if (IS_ERR(ret))
		return send_drop_notify(ctx, seclabel(), dst_id, 0, ret, CTX_ACT_DROP, METRIC_EGRESS);
	return ret;
}
#endif

__section_entry("from-container")
int handle_xgress(struct __sk_buff *ctx)
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
		INVOKE_TAILCALL_IF(ret, FROM_LXC_SEPARATE, CILIUM_CALL_IPV6_FROM_LXC, tail_handle_ipv6);
		break;
#endif
#ifdef ENABLE_IPV4
	case ETH_P_IP:
# ifdef ENABLE_BANDWIDTH_MANAGER
		ctx->queue_mapping = lxc_id();
# endif
		INVOKE_TAILCALL_IF(ret, FROM_LXC_SEPARATE, CILIUM_CALL_IPV4_FROM_LXC, tail_handle_ipv4);
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

/* To the container by another program's tail call. */
#ifdef ENABLE_IPV6
declare_tailcall_if(DUAL_STACK, CILIUM_CALL_IPV6_TO_LXC_POLICY_ONLY)
int tail_ipv6_policy(struct __sk_buff *ctx)
{
	__u32 src_label;
	__be16 proxy_port = 0;
	int ret = arrive_by_policy6(ctx, &src_label, &proxy_port);

	if (ret == POLICY_ACT_PROXY_REDIRECT)
		return arrive_at_proxy(ctx, proxy_port);
	if (IS_ERR(ret))
		return send_drop_notify(ctx, src_label, seclabel(), lxc_id(), ret, CTX_ACT_DROP, METRIC_INGRESS);
	ctx_store_meta(ctx, CB_SRC_LABEL, ctx->mark);
	return ret;
}
#endif

#ifdef ENABLE_IPV4
declare_tailcall_if(DUAL_STACK, CILIUM_CALL_IPV4_TO_LXC_POLICY_ONLY)
int tail_ipv4_policy(struct __sk_buff *ctx)
{
	__u32 src_label;
	__be16 proxy_port = 0;
	int ret = arrive_by_policy4(ctx, &src_label, &proxy_port);

	if (ret == POLICY_ACT_PROXY_REDIRECT)
		return arrive_at_proxy(ctx, proxy_port);
	if (IS_ERR(ret))
		return send_drop_notify(ctx, src_label, seclabel(), lxc_id(), ret, CTX_ACT_DROP, METRIC_INGRESS);
	ctx_store_meta(ctx, CB_SRC_LABEL, ctx->mark);
	return ret;
}
#endif

__section_tail(POLICY_CALL_MAP_ID, 0xffff)
int handle_policy(struct __sk_buff *ctx)
{
	__u32 src_label = ctx_load_meta(ctx, CB_SRC_LABEL);
	__u16 proto;
	int ret;

	if (!validate_ethertype(ctx, &proto)) {
		ret = DROP_UNSUPPORTED_L2;
		goto out;
	}
	switch (proto) {
#ifdef ENABLE_IPV6
	case ETH_P_IPV6:
		INVOKE_TAILCALL_IF(ret, DUAL_STACK, CILIUM_CALL_IPV6_TO_LXC_POLICY_ONLY, tail_ipv6_policy);
		break;
#endif
#ifdef ENABLE_IPV4
	case ETH_P_IP:
		INVOKE_TAILCALL_IF(ret, DUAL_STACK, CILIUM_CALL_IPV4_TO_LXC_POLICY_ONLY, tail_ipv4_policy);
		break;
#endif
	default:
		ret = DROP_UNKNOWN_L3;
		break;
	}
out:
	if (IS_ERR(ret))
		return send_drop_notify(ctx, src_label, seclabel(), lxc_id(), ret, CTX_ACT_DROP, METRIC_INGRESS);
	return ret;
}

/* To the container through its own egress hook. */
#ifdef ENABLE_IPV6
declare_tailcall_if(DUAL_STACK, CILIUM_CALL_IPV6_TO_ENDPOINT)
int tail_ipv6_to_endpoint(struct __sk_buff *ctx)
{
	__u32 src_identity = ctx_load_meta(ctx, CB_SRC_LABEL);
	int ret = arrive_at_endpoint6(ctx, &src_identity);

	if (IS_ERR(ret))
		return send_drop_notify(ctx, src_identity, seclabel(), lxc_id(), ret, CTX_ACT_DROP, METRIC_INGRESS);
	return ret;
}
#endif

#ifdef ENABLE_IPV4
declare_tailcall_if(DUAL_STACK, CILIUM_CALL_IPV4_TO_ENDPOINT)
int tail_ipv4_to_endpoint(struct __sk_buff *ctx)
{
	__u32 src_identity = ctx_load_meta(ctx, CB_SRC_LABEL);
	int ret = arrive_at_endpoint4(ctx, &src_identity);

	if (IS_ERR(ret))
		return send_drop_notify(ctx, src_identity, seclabel(), lxc_id(), ret, CTX_ACT_DROP, METRIC_INGRESS);
	return ret;
}
#endif

__section_entry("to-container")
int handle_to_container(struct __sk_buff *ctx)
{
	enum trace_point point;
	__u32 identity = 0;
	__u16 proto;
	int ret;

	if (!validate_ethertype(ctx, &proto)) {
		ret = DROP_UNSUPPORTED_L2;
		goto out;
	}
	ctx_clear_meta(ctx);
	point = inherit_identity_from_mark(ctx, &identity);
	trace_to_container(ctx, point, identity);
	ctx_store_meta(ctx, CB_SRC_LABEL, identity);
	switch (proto) {
#if defined(ENABLE_ARP_PASSTHROUGH) || defined(ENABLE_ARP_RESPONDER)
	case ETH_P_ARP:
		ret = CTX_ACT_OK;
		break;
#endif
#ifdef ENABLE_IPV6
	case ETH_P_IPV6:
		INVOKE_TAILCALL_IF(ret, DUAL_STACK, CILIUM_CALL_IPV6_TO_ENDPOINT, tail_ipv6_to_endpoint);
		break;
#endif
#ifdef ENABLE_IPV4
	case ETH_P_IP:
		INVOKE_TAILCALL_IF(ret, DUAL_STACK, CILIUM_CALL_IPV4_TO_ENDPOINT, tail_ipv4_to_endpoint);
		break;
#endif
	default:
		ret = DROP_UNKNOWN_L3;
		break;
	}
out:
	if (IS_ERR(ret))
		return send_drop_notify(ctx, identity, seclabel(), lxc_id(), ret, CTX_ACT_DROP, METRIC_INGRESS);
	return ret;
}
