// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * What another program of the node delivers to the pod, by a tail call through the global policy-call map: conntrack,
 * policy, delivery. The sender stands in the control block.
 */
#ifndef TAILWALK_BY_POLICY_H
#define TAILWALK_BY_POLICY_H

#include "../lib/arrival.h"
#include "conntrack_program.h"

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
	custom_call(ctx, CUSTOM_CALLS_IDX_IPV6_INGRESS, ret, src_label, METRIC_INGRESS);
	return ret;
}

declare_tailcall_if(DUAL_STACK, CILIUM_CALL_IPV6_CT_INGRESS_POLICY_ONLY)
int tail_ipv6_ct_ingress_policy_only(struct __sk_buff *ctx)
{
	int ret = ct_lookup_to_buffer6(ctx, CT_INGRESS);

	if (ret)
		return ret;
	INVOKE_TAILCALL_IF(ret, DUAL_STACK, CILIUM_CALL_IPV6_TO_LXC_POLICY_ONLY, tail_ipv6_policy);
	return ct_result(ctx, CT_INGRESS, ret);
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
	custom_call(ctx, CUSTOM_CALLS_IDX_IPV4_INGRESS, ret, src_label, METRIC_INGRESS);
	return ret;
}

declare_tailcall_if(DUAL_STACK, CILIUM_CALL_IPV4_CT_INGRESS_POLICY_ONLY)
int tail_ipv4_ct_ingress_policy_only(struct __sk_buff *ctx)
{
	int ret = ct_lookup_to_buffer4(ctx, CT_INGRESS);

	if (ret)
		return ret;
	INVOKE_TAILCALL_IF(ret, DUAL_STACK, CILIUM_CALL_IPV4_TO_LXC_POLICY_ONLY, tail_ipv4_policy);
	return ct_result(ctx, CT_INGRESS, ret);
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
		INVOKE_TAILCALL_IF(ret, DUAL_STACK, CILIUM_CALL_IPV6_CT_INGRESS_POLICY_ONLY,
				   tail_ipv6_ct_ingress_policy_only);
		break;
#endif
#ifdef ENABLE_IPV4
	case ETH_P_IP:
		INVOKE_TAILCALL_IF(ret, DUAL_STACK, CILIUM_CALL_IPV4_CT_INGRESS_POLICY_ONLY,
				   tail_ipv4_ct_ingress_policy_only);
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

#endif
