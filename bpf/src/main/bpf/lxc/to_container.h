// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* What reaches the pod through its own egress hook: who sent it, by its mark; then conntrack, policy, delivery. */
#ifndef TAILWALK_TO_CONTAINER_H
#define TAILWALK_TO_CONTAINER_H

#include "../lib/arrival.h"
#include "../lib/hooks.h"
#include "conntrack_program.h"

#ifdef ENABLE_IPV6
__section_tail(CALLS_MAP_ID, CILIUM_CALL_IPV6_TO_ENDPOINT)
int tail_ipv6_to_endpoint(struct __sk_buff *ctx)
{
	__u32 src_identity = ctx_load_meta(ctx, CB_SRC_LABEL);
	int ret = arrive_at_endpoint6(ctx, &src_identity);

	if (IS_ERR(ret))
		return send_drop_notify(ctx, src_identity, seclabel(), lxc_id(), ret, CTX_ACT_DROP, METRIC_INGRESS);
	return ret;
}

__section_tail(CALLS_MAP_ID, CILIUM_CALL_IPV6_CT_INGRESS)
int tail_ipv6_ct_ingress(struct __sk_buff *ctx)
{
	int ret = ct_lookup_to_buffer6(ctx, CT_INGRESS);

	if (ret)
		return ret;
	INVOKE_TAILCALL_IF(ret, 1, CILIUM_CALL_IPV6_TO_ENDPOINT, tail_ipv6_to_endpoint);
	return ct_result(ctx, CT_INGRESS, ret);
}
#endif

#ifdef ENABLE_IPV4
__section_tail(CALLS_MAP_ID, CILIUM_CALL_IPV4_TO_ENDPOINT)
int tail_ipv4_to_endpoint(struct __sk_buff *ctx)
{
	__u32 src_identity = ctx_load_meta(ctx, CB_SRC_LABEL);
	int ret = arrive_at_endpoint4(ctx, &src_identity);

	if (IS_ERR(ret))
		return send_drop_notify(ctx, src_identity, seclabel(), lxc_id(), ret, CTX_ACT_DROP, METRIC_INGRESS);
	return ret;
}

__section_tail(CALLS_MAP_ID, CILIUM_CALL_IPV4_CT_INGRESS)
int tail_ipv4_ct_ingress(struct __sk_buff *ctx)
{
	int ret = ct_lookup_to_buffer4(ctx, CT_INGRESS);

	if (ret)
		return ret;
	INVOKE_TAILCALL_IF(ret, 1, CILIUM_CALL_IPV4_TO_ENDPOINT, tail_ipv4_to_endpoint);
	return ct_result(ctx, CT_INGRESS, ret);
}
#endif

__section_entry("to-container")
int cil_to_container(struct __sk_buff *ctx)
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
#ifdef ENABLE_L7_LB
	bool from_l7lb = (ctx->mark & MARK_MAGIC_HOST_MASK) == MARK_MAGIC_PROXY_EGRESS_EPID;
#endif
	point = inherit_identity_from_mark(ctx, &identity);
#ifdef ENABLE_L7_LB
	/* The mark held an endpoint id. A missing program is not reported. */
	if (from_l7lb) {
		tail_call(ctx, &POLICY_EGRESSCALL_MAP, identity);
		return DROP_MISSED_TAIL_CALL;
	}
#endif
	trace_to_container(ctx, point, identity);
#if defined(ENABLE_HOST_FIREWALL) && !defined(ENABLE_ROUTING)
	/* The host's own program checks what the host sends. A missing program is not reported. */
	if (identity == HOST_ID) {
		ctx_store_meta(ctx, CB_FROM_HOST, 1);
		ctx_store_meta(ctx, CB_SRC_LABEL, lxc_id());
		tail_call_static(ctx, &POLICY_CALL_MAP, HOST_EP_ID);
		return DROP_MISSED_TAIL_CALL;
	}
#endif
	ctx_store_meta(ctx, CB_SRC_LABEL, identity);
	switch (proto) {
#if defined(ENABLE_ARP_PASSTHROUGH) || defined(ENABLE_ARP_RESPONDER)
	case ETH_P_ARP:
		ret = CTX_ACT_OK;
		break;
#endif
#ifdef ENABLE_IPV6
	case ETH_P_IPV6:
		ep_tail_call(ctx, CILIUM_CALL_IPV6_CT_INGRESS);
		ret = DROP_MISSED_TAIL_CALL;
		break;
#endif
#ifdef ENABLE_IPV4
	case ETH_P_IP:
		ep_tail_call(ctx, CILIUM_CALL_IPV4_CT_INGRESS);
		ret = DROP_MISSED_TAIL_CALL;
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

#endif
