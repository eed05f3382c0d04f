// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * The per-endpoint datapath. `from-container` sees what a pod sends, `to-container` what reaches it through its egress
 * hook, and `handle_policy` what another program of the node delivers to it through the global policy-call map.
 *
 * All programs stand here; how they do it stands in lib/. Every place that reports a drop for this file's programs is
 * here too, as the report names file and line.
 */
#include "lib/custom_calls.h"
#include "lib/drop.h"
#include "lib/ingress.h"
#include "lib/trace.h"

#if defined(ENABLE_ARP_RESPONDER) && defined(ENABLE_IPV4)
# include "lib/arp.h"
#endif

char ____license[] __section("license") = "Dual BSD/GPL";

#if ERA >= ERA_PR25426
/*
 * What a conntrack program reports itself. Until PR 33551 the reason was unsigned, and the reported number therefore
 * 256 - code.
 */
# if ERA >= ERA_PR33551
typedef __s32 ct_drop_code;
# else
typedef __u32 ct_drop_code;
# endif

static __always_inline int drop_for_direction(struct __sk_buff *ctx, const enum ct_dir dir, ct_drop_code reason)
{
	if (dir == CT_EGRESS)
		return send_drop_notify(ctx, seclabel(), 0, 0, reason, CTX_ACT_DROP, METRIC_EGRESS);
	return send_drop_notify(ctx, ctx_load_meta(ctx, CB_SRC_LABEL), seclabel(), lxc_id(), reason, CTX_ACT_DROP,
				METRIC_INGRESS);
}

# define ct_error(CTX, DIR, ERR) drop_for_direction(CTX, DIR, ERR)
#else
/* The seed leaves with the raw code: no event, no count, and the hook lets the packet pass. */
# define ct_error(CTX, DIR, ERR) (ERR)
#endif

/* The header walk's error was forgotten by PR 25426. */
#if ERA >= ERA_PR26115
# define ct_walk_error(CTX, DIR, ERR) drop_for_direction(CTX, DIR, ERR)
#else
# define ct_walk_error(CTX, DIR, ERR) (ERR)
#endif

/* The end of a conntrack program that comes back from the next one, because that was missing or inlined. */
#if ERA >= ERA_PR26118
# define ct_result(CTX, DIR, RET) (IS_ERR(RET) ? drop_for_direction(CTX, DIR, RET) : (RET))
#else
# define ct_result(CTX, DIR, RET) (RET)
#endif

#ifdef ENABLE_IPV4
/* The lookup of a conntrack program, left in the buffer for the program after it. Not 0: leave with that value. */
static __always_inline int ct_lookup_to_buffer4(struct __sk_buff *ctx, const enum ct_dir dir)
{
	struct iphdr *ip4 = ipv4_header(ctx);
	struct ct_buffer4 buffer;
	struct ct_state state = {};
	struct ipv4_ct_tuple tuple = {};
	__u32 monitor = 0;
	__u32 zero = 0;
	int ret;

	if (!ip4)
		return ct_error(ctx, dir, DROP_INVALID);
	tuple.nexthdr = ip4->protocol;
	tuple.daddr = ip4->daddr;
	tuple.saddr = ip4->saddr;
	ret = ct_lookup4(ctx, ct_map4(&tuple), &tuple, ipv4_l4_off(ip4), dir, &state, &monitor);
	if (ret < 0)
		return ct_error(ctx, dir, ret);

	memset(&buffer, 0, sizeof(buffer));
	buffer.tuple = tuple;
	buffer.ct_state = state;
	buffer.monitor = monitor;
	buffer.ret = ret;
	if (map_update_elem(&cilium_tail_call_buffer4, &zero, &buffer, BPF_ANY) < 0)
		return ct_error(ctx, dir, DROP_INVALID_TC_BUFFER);
	return 0;
}
#endif

#ifdef ENABLE_IPV6
/* See ct_lookup_to_buffer4(). */
static __always_inline int ct_lookup_to_buffer6(struct __sk_buff *ctx, const enum ct_dir dir)
{
	struct ipv6hdr *ip6 = ipv6_header(ctx);
	struct ct_buffer6 buffer;
	struct ct_state state = {};
	struct ipv6_ct_tuple tuple = {};
	__u32 monitor = 0;
	__u32 zero = 0;
	int hdrlen, ret;

	if (!ip6)
		return ct_error(ctx, dir, DROP_INVALID);
	tuple.nexthdr = ip6->nexthdr;
	tuple.daddr = ip6->daddr;
	tuple.saddr = ip6->saddr;
	hdrlen = ipv6_hdrlen(ctx, &tuple.nexthdr);
	if (hdrlen < 0)
		return ct_walk_error(ctx, dir, hdrlen);
	ret = ct_lookup6(ctx, ct_map6(&tuple), &tuple, ETH_HLEN + hdrlen, dir, &state, &monitor);
	if (ret < 0)
		return ct_error(ctx, dir, ret);

	memset(&buffer, 0, sizeof(buffer));
	buffer.tuple = tuple;
	buffer.ct_state = state;
	buffer.monitor = monitor;
	buffer.ret = ret;
	if (map_update_elem(&cilium_tail_call_buffer6, &zero, &buffer, BPF_ANY) < 0)
		return ct_error(ctx, dir, DROP_INVALID_TC_BUFFER);
	return 0;
}
#endif

/* From the container, IPv6. */
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

/* From the container, IPv4. */
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
	struct iphdr *ip4 = ipv4_header(ctx);
	int ret;

	if (!ip4)
		return DROP_INVALID;
#ifndef ENABLE_IPV4_FRAGMENTS
	if (ipv4_is_fragment(ip4))
		return DROP_FRAG_NOSUPPORT;
#endif
#ifndef DISABLE_SIP_VERIFICATION
	if (ip4->saddr != lxc_ipv4())
		return DROP_INVALID_SIP;
#endif
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
	struct trace_ctx trace = { .reason = TRACE_REASON_UNKNOWN, .monitor = TRACE_PAYLOAD_LEN };
	__u16 proto;
	int ret;

	ctx_clear_meta(ctx);
#ifdef RESET_QUEUES
	ctx->queue_mapping = 0;
#endif
	send_trace_notify(ctx, TRACE_FROM_LXC, seclabel(), 0, 0, 0, &trace);
	if (!validate_ethertype(ctx, &proto)) {
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

/* To the container by another program's tail call: conntrack, policy, delivery. */
#ifdef ENABLE_IPV6
declare_tailcall_if(DUAL_STACK, CILIUM_CALL_IPV6_TO_LXC_POLICY_ONLY)
int tail_ipv6_policy(struct __sk_buff *ctx)
{
	__u32 ifindex = ctx_load_meta(ctx, CB_IFINDEX);
	__u32 src_label = ctx_take_meta(ctx, CB_SRC_LABEL);
	__be16 proxy_port = 0;
	int ret;

	ctx_store_meta(ctx, CB_FROM_HOST, 0);
	ret = ipv6_policy(ctx, ifindex, src_label, &proxy_port);
	if (ret == POLICY_ACT_PROXY_REDIRECT) {
		ret = ctx_redirect_to_proxy(ctx, proxy_port);
		ctx_store_meta(ctx, CB_SRC_LABEL, ctx->mark);
		return ret;
	}
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
	__u32 ifindex = ctx_load_meta(ctx, CB_IFINDEX);
	__u32 src_label = ctx_take_meta(ctx, CB_SRC_LABEL);
	__be16 proxy_port = 0;
	int ret;

	ctx_store_meta(ctx, CB_FROM_HOST, 0);
	ret = ipv4_policy(ctx, ifindex, src_label, &proxy_port);
	if (ret == POLICY_ACT_PROXY_REDIRECT) {
		ret = ctx_redirect_to_proxy(ctx, proxy_port);
		ctx_store_meta(ctx, CB_SRC_LABEL, ctx->mark);
		return ret;
	}
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

/* To the container through its own egress hook: conntrack, policy, delivery. */
#ifdef ENABLE_IPV6
__section_tail(CALLS_MAP_ID, CILIUM_CALL_IPV6_TO_ENDPOINT)
int tail_ipv6_to_endpoint(struct __sk_buff *ctx)
{
	__u32 src_identity = ctx_load_meta(ctx, CB_SRC_LABEL);
	struct ipv6hdr *ip6 = ipv6_header(ctx);
	__be16 proxy_port = 0;
	int ret;

	if (!ip6) {
		ret = DROP_INVALID;
		goto out;
	}
	if (identity_is_reserved(src_identity)) {
		union v6addr saddr = ip6->saddr;
		struct remote_endpoint_info *info = lookup_ip6_remote_endpoint(&saddr);

		/* The address may say more than the mark did, but never that the host itself sent it. */
		if (info && info->sec_label && info->sec_label != HOST_ID)
			src_identity = info->sec_label;
		cilium_dbg(ctx, info ? DBG_IP_ID_MAP_SUCCEED6 : DBG_IP_ID_MAP_FAILED6, saddr.p4, src_identity);
	}
	cilium_dbg(ctx, DBG_LOCAL_DELIVERY, lxc_id(), seclabel());
#ifdef LOCAL_DELIVERY_METRICS
	update_metrics(ctx, METRIC_INGRESS, REASON_FORWARDED);
#endif
	ctx_store_meta(ctx, CB_SRC_LABEL, 0);
	ret = ipv6_policy(ctx, 0, src_identity, &proxy_port);
	if (ret == POLICY_ACT_PROXY_REDIRECT)
		ret = ctx_redirect_to_proxy_hairpin6(ctx, proxy_port);
	else if (!IS_ERR(ret))
		custom_call(ctx, CUSTOM_CALLS_IDX_IPV6_INGRESS, ret, src_identity, METRIC_INGRESS);
out:
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
	struct iphdr *ip4 = ipv4_header(ctx);
	__be16 proxy_port = 0;
	int ret;

	if (!ip4) {
		ret = DROP_INVALID;
		goto out;
	}
	if (identity_is_reserved(src_identity)) {
		struct remote_endpoint_info *info = lookup_ip4_remote_endpoint(ip4->saddr);

		/* The address may say more than the mark did, but never that the host itself sent it. */
		if (info && info->sec_label && info->sec_label != HOST_ID)
			src_identity = info->sec_label;
		cilium_dbg(ctx, info ? DBG_IP_ID_MAP_SUCCEED4 : DBG_IP_ID_MAP_FAILED4, ip4->saddr, src_identity);
	}
	cilium_dbg(ctx, DBG_LOCAL_DELIVERY, lxc_id(), seclabel());
#ifdef LOCAL_DELIVERY_METRICS
	update_metrics(ctx, METRIC_INGRESS, REASON_FORWARDED);
#endif
	ctx_store_meta(ctx, CB_SRC_LABEL, 0);
	ret = ipv4_policy(ctx, 0, src_identity, &proxy_port);
	if (ret == POLICY_ACT_PROXY_REDIRECT)
		ret = ctx_redirect_to_proxy_hairpin4(ctx, proxy_port);
	else if (!IS_ERR(ret))
		custom_call(ctx, CUSTOM_CALLS_IDX_IPV4_INGRESS, ret, src_identity, METRIC_INGRESS);
out:
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
	struct trace_ctx trace = { .reason = TRACE_REASON_UNKNOWN, .monitor = TRACE_PAYLOAD_LEN };
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
	if (point == TRACE_FROM_PROXY)
		send_trace_notify(ctx, TRACE_FROM_PROXY, identity, 0, 0, ctx->ingress_ifindex, &trace);
	else
		send_trace_notify(ctx, TRACE_FROM_STACK, identity, 0, 0, ctx->ingress_ifindex, &trace);
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
