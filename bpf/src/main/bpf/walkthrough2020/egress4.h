// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* A pod's IPv4 packet: service, conntrack, egress policy, reverse translation, forwarding; one function in 2020. */
#ifndef TAILWALK_WALKTHROUGH2020_EGRESS4_H
#define TAILWALK_WALKTHROUGH2020_EGRESS4_H

#include "../lib/egress_check.h"
#include "../lib/forward.h"
#include "../lib/lb.h"
#include "../lib/policy.h"
#include "../lib/proxy.h"

/*
 * Conntrack's word on the packet: a ct_status or an error. The tuple keeps the form of the last lookup; its addresses are
 * the packet's unless the caller has set others.
 */
static __always_inline int ct_packet4(struct __sk_buff *ctx, const enum ct_dir dir, struct ipv4_ct_tuple *tuple,
				      struct ct_state *state, __u32 *monitor)
{
	struct iphdr *ip4 = ipv4_header(ctx);
	int ret;

	if (!ip4)
		return DROP_INVALID;
	tuple->nexthdr = ip4->protocol;
	if (!tuple->saddr) {
		tuple->daddr = ip4->daddr;
		tuple->saddr = ip4->saddr;
	}
	ret = ct_lookup4(ctx, ct_map4(tuple), tuple, ipv4_l4_off(ip4), dir, state, monitor);
	ct_monitor_dns(tuple->dport, monitor);
	return ret;
}

/* dst_id tells the caller, whatever the outcome, how far the destination's identity was resolved. */
static __always_inline int handle_ipv4_from_lxc(struct __sk_buff *ctx, __u32 *dst_id)
{
	struct ct_state ct_state_new = {}, ct_state = {};
	struct policy_result policy = {};
	struct remote_endpoint_info *info;
	struct ipv4_ct_tuple tuple = {};
	struct trace_ctx trace = {};
	struct iphdr *ip4;
	bool hairpin, create = false;
	int ct_status, l4_off, ret, verdict;
	__be32 orig_dip;

	ret = check_ipv4_from_lxc(ctx, &ip4);
	if (ret != CTX_ACT_OK)
		return ret;
#ifdef ENABLE_PER_PACKET_LB
	__be32 client, asked;
	__u16 proxy_port;

	ip4 = ipv4_header(ctx);
	if (!ip4)
		return DROP_INVALID;
	client = ip4->saddr;
	asked = ip4->daddr;
	ret = lb4_translate(ctx, ip4, &ct_state_new, &proxy_port);
	if (ret < 0)
		return ret;
	if (ct_state_new.loopback) {
		/* Conntrack goes on with the addresses as they were asked for. */
		tuple.saddr = client;
		tuple.daddr = asked;
		ip4 = ipv4_header(ctx);
		if (!ip4)
			return DROP_INVALID;
		ct_state_new.addr = ip4->saddr;
		if (ip4->saddr != client)
			ct_state_new.svc_addr = client;
		else
			ct_state_new.addr = ip4->daddr; /* an old entry said so: nothing was looped back */
	}
#endif
	ct_status = ct_packet4(ctx, CT_EGRESS, &tuple, &ct_state, &trace.monitor);
	if (ct_status < 0)
		return ct_status;
	trace.reason = ct_status;

	ip4 = ipv4_header(ctx);
	if (!ip4)
		return DROP_INVALID;
	l4_off = ipv4_l4_off(ip4);
	hairpin = ct_state_new.loopback;
	if (ct_is_reply(ct_status) && ct_state.proxy_redirect)
		return ctx_redirect_to_proxy(ctx, 0);
	orig_dip = ip4->daddr;
#ifdef ENABLE_PER_PACKET_LB
	if (hairpin)
		orig_dip = asked;
#endif
	info = lookup_ip4_remote_endpoint(orig_dip);
	*dst_id = info && info->sec_label ? info->sec_label : WORLD_ID;
	cilium_dbg(ctx, info ? DBG_IP_ID_MAP_SUCCEED4 : DBG_IP_ID_MAP_FAILED4, orig_dip, *dst_id);

	/* Asked for replies as well: only the answer is ignored, the entry counts them. */
	verdict = policy_lookup4(ctx, *dst_id, &tuple, CT_EGRESS, false, &policy);
	if (!ct_is_reply(ct_status) && verdict < 0) {
		send_policy_verdict_notify(ctx, *dst_id, tuple.dport, tuple.nexthdr, CT_EGRESS, false, verdict,
					   policy.match_type, policy.audited);
		return verdict;
	}

	switch (ct_status) {
	case CT_NEW:
		send_policy_verdict_notify(ctx, *dst_id, tuple.dport, tuple.nexthdr, CT_EGRESS, false, verdict,
					   policy.match_type, policy.audited);
		create = true;
		break;
	case CT_ESTABLISHED:
		/* The entry belongs to what the address meant before: make it anew. */
		create = ct_state.rev_nat_index != ct_state_new.rev_nat_index;
		break;
	case CT_RELATED:
	case CT_REPLY:
		ctx_store_meta(ctx, CB_POLICY, 1);
		if (ct_state.rev_nat_index) {
			ret = lb4_rev_nat(ctx, l4_off, tuple.nexthdr, &ct_state, NULL, true, true);
			if (IS_ERR(ret))
				return ret;
		}
		break;
	default:
		return DROP_UNKNOWN_CT;
	}
	if (create) {
		ct_state_new.src_sec_id = seclabel();
		ret = ct_create4(ctx, ct_map4(&tuple), &cilium_ct_any4_global, &tuple, CT_EGRESS, &ct_state_new,
				 verdict > 0, false);
		if (IS_ERR(ret))
			return ret;
	}

	if (verdict > 0 && !ct_is_reply(ct_status)) {
		send_trace_notify(ctx, TRACE_TO_PROXY, seclabel(), 0, 0, 0, &trace);
		return ctx_redirect_to_proxy(ctx, verdict);
	}
	return forward_ipv4(ctx, *dst_id, hairpin || ct_state.loopback, false, &trace);
}

#endif
