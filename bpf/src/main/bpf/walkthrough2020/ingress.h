// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * A packet to the pod in 2020, in place of lib/ingress.h: conntrack, reverse translation, ingress policy and delivery are one
 * function.
 */
#ifndef TAILWALK_INGRESS_H
#define TAILWALK_INGRESS_H

#ifdef ENABLE_IPV4
# include "egress4.h"
#endif
#ifdef ENABLE_IPV6
# include "egress6.h"
#endif

/* A reply of a connection that a proxy terminates goes to that proxy, unless it comes from it. */
static __always_inline bool ct_reply_to_proxy(const struct __sk_buff *ctx, int ct_status, const struct ct_state *state)
{
	return ct_is_reply(ct_status) && state->proxy_redirect && !(ctx->tc_index & TC_INDEX_F_SKIP_EGRESS_PROXY);
}

#ifdef ENABLE_IPV4
/* 0, a redirect, POLICY_ACT_PROXY_REDIRECT with the port to go to, or an error. */
static __always_inline int ipv4_policy(struct __sk_buff *ctx, __u32 ifindex, __u32 src_label, __be16 *proxy_port)
{
	struct ct_state ct_state_new = {}, ct_state = {};
	struct policy_result policy = {};
	struct ipv4_ct_tuple tuple = {};
	struct trace_ctx trace = {};
	struct iphdr *ip4;
	__be32 orig_sip;
	bool skip_ingress_proxy, untracked_fragment = false;
	int ct_status, l4_off, ret, verdict;

	ip4 = ipv4_header(ctx);
	if (!ip4)
		return DROP_INVALID;
	ctx_store_meta(ctx, CB_POLICY, 0);
	skip_ingress_proxy = ctx->tc_index & TC_INDEX_F_SKIP_INGRESS_PROXY;
	orig_sip = ip4->saddr;
	l4_off = ipv4_l4_off(ip4);
#ifndef ENABLE_IPV4_FRAGMENTS
	untracked_fragment = ipv4_is_fragment(ip4);
#endif

	ct_status = ct_packet4(ctx, CT_INGRESS, &tuple, &ct_state, &trace.monitor);
	if (ct_status < 0)
		return ct_status;
	trace.reason = ct_status;

	*proxy_port = 0;
	if (ct_reply_to_proxy(ctx, ct_status, &ct_state)) {
		trace.reason = 0; /* told as new */
		send_trace_notify4(ctx, TRACE_TO_PROXY, src_label, seclabel(), 0, ifindex, orig_sip, &trace);
		return POLICY_ACT_PROXY_REDIRECT;
	}
	if (ct_status == CT_REPLY && ct_state.rev_nat_index && !ct_state.loopback) {
		__be32 tuple_saddr = tuple.saddr;

		ret = lb4_rev_nat(ctx, l4_off, tuple.nexthdr, &ct_state, &tuple_saddr, true, true);
		if (IS_ERR(ret))
			return ret;
	}

	verdict = policy_lookup4(ctx, src_label, &tuple, CT_INGRESS, untracked_fragment, &policy);
	if (ct_is_reply(ct_status)) {
		if (verdict < 0)
			verdict = CTX_ACT_OK;
	} else if (verdict < 0) {
		send_policy_verdict_notify(ctx, src_label, tuple.dport, tuple.nexthdr, CT_INGRESS, false, verdict,
					   policy.match_type, policy.audited);
		return verdict;
	}
	if (skip_ingress_proxy)
		verdict = CTX_ACT_OK;
	if (ct_status == CT_NEW)
		send_policy_verdict_notify(ctx, src_label, tuple.dport, tuple.nexthdr, CT_INGRESS, false, verdict,
					   policy.match_type, policy.audited);

	if (ct_status == CT_NEW) {
		ct_state_new.src_sec_id = src_label;
		ret = ct_create4(ctx, ct_map4(&tuple), &cilium_ct_any4_global, &tuple, CT_INGRESS, &ct_state_new,
				 verdict > 0, false);
		if (IS_ERR(ret))
			return ret;
	}
	if (!ipv4_header(ctx))
		return DROP_INVALID;
	if (verdict > 0 && !ct_is_reply(ct_status)) {
		*proxy_port = verdict;
		send_trace_notify4(ctx, TRACE_TO_PROXY, src_label, seclabel(), 0, ifindex, orig_sip, &trace);
		return POLICY_ACT_PROXY_REDIRECT;
	}
	send_trace_notify4(ctx, TRACE_TO_LXC, src_label, seclabel(), lxc_id(), ifindex, orig_sip, &trace);
	return deliver(ctx);
}
#endif

#ifdef ENABLE_IPV6
/* 0, a redirect, POLICY_ACT_PROXY_REDIRECT with the port to go to, or an error. */
static __always_inline int ipv6_policy(struct __sk_buff *ctx, __u32 ifindex, __u32 src_label, __be16 *proxy_port)
{
	struct ct_state ct_state_new = {}, ct_state = {};
	struct policy_result policy = {};
	struct ipv6_ct_tuple tuple = {};
	struct trace_ctx trace = {};
	union v6addr orig_sip;
	struct ipv6hdr *ip6;
	bool skip_ingress_proxy;
	int ct_status, l4_off, ret, verdict;

	ip6 = ipv6_header(ctx);
	if (!ip6)
		return DROP_INVALID;
	ctx_store_meta(ctx, CB_POLICY, 0);
	skip_ingress_proxy = ctx->tc_index & TC_INDEX_F_SKIP_INGRESS_PROXY;
	orig_sip = ip6->saddr;

	ct_status = ct_packet6(ctx, CT_INGRESS, &tuple, &ct_state, &trace.monitor, &l4_off);
	if (ct_status < 0)
		return ct_status;
	trace.reason = ct_status;

	*proxy_port = 0;
	if (ct_reply_to_proxy(ctx, ct_status, &ct_state)) {
		trace.reason = 0; /* told as new */
		send_trace_notify6(ctx, TRACE_TO_PROXY, src_label, seclabel(), 0, ifindex, &orig_sip, &trace);
		return POLICY_ACT_PROXY_REDIRECT;
	}
	/* Unlike IPv4 this does not ask for the status. */
	if (ct_state.rev_nat_index) {
		ret = lb6_rev_nat(ctx, l4_off, tuple.nexthdr, &ct_state);
		if (IS_ERR(ret))
			return ret;
	}

	verdict = policy_lookup6(ctx, src_label, &tuple, CT_INGRESS, &policy);
	if (ct_is_reply(ct_status)) {
		if (verdict < 0)
			verdict = CTX_ACT_OK;
	} else if (verdict < 0) {
		send_policy_verdict_notify(ctx, src_label, tuple.dport, tuple.nexthdr, CT_INGRESS, true, verdict,
					   policy.match_type, policy.audited);
		return verdict;
	}
	if (skip_ingress_proxy)
		verdict = CTX_ACT_OK;
	if (ct_status == CT_NEW)
		send_policy_verdict_notify(ctx, src_label, tuple.dport, tuple.nexthdr, CT_INGRESS, true, verdict,
					   policy.match_type, policy.audited);

	if (ct_status == CT_NEW) {
		ct_state_new.src_sec_id = src_label;
		ret = ct_create6(ctx, ct_map6(&tuple), &cilium_ct_any6_global, &tuple, CT_INGRESS, &ct_state_new,
				 verdict > 0, false);
		if (IS_ERR(ret))
			return ret;
	}
	if (!ipv6_header(ctx))
		return DROP_INVALID;
	if (verdict > 0 && !ct_is_reply(ct_status)) {
		*proxy_port = verdict;
		send_trace_notify6(ctx, TRACE_TO_PROXY, src_label, seclabel(), 0, ifindex, &orig_sip, &trace);
		return POLICY_ACT_PROXY_REDIRECT;
	}
	send_trace_notify6(ctx, TRACE_TO_LXC, src_label, seclabel(), lxc_id(), ifindex, &orig_sip, &trace);
	return deliver(ctx);
}
#endif

#endif
