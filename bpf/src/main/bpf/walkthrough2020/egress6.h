// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* A pod's IPv6 packet: service, conntrack, egress policy, reverse translation, forwarding; one function in 2020. */
#ifndef TAILWALK_WALKTHROUGH2020_EGRESS6_H
#define TAILWALK_WALKTHROUGH2020_EGRESS6_H

#include "../lib/egress_check.h"
#include "../lib/forward.h"
#include "../lib/lb.h"
#include "../lib/policy.h"
#include "../lib/proxy.h"

/* Conntrack's word on the packet: a ct_status or an error. The tuple keeps the form of the last lookup. */
static __always_inline int ct_packet6(struct __sk_buff *ctx, const enum ct_dir dir, struct ipv6_ct_tuple *tuple,
				      struct ct_state *state, __u32 *monitor, int *l4_off)
{
	struct ipv6hdr *ip6 = ipv6_header(ctx);
	int ret;

	if (!ip6)
		return DROP_INVALID;
	tuple->nexthdr = ip6->nexthdr;
	tuple->daddr = ip6->daddr;
	tuple->saddr = ip6->saddr;
	ret = ipv6_hdrlen(ctx, &tuple->nexthdr);
	if (ret < 0)
		return ret;
	*l4_off = ETH_HLEN + ret;
	ret = ct_lookup6(ctx, ct_map6(tuple), tuple, *l4_off, dir, state, monitor);
	ct_monitor_dns(tuple->dport, monitor);
	return ret;
}

/* dst_id tells the caller, whatever the outcome, how far the destination's identity was resolved. */
static __always_inline int handle_ipv6_from_lxc(struct __sk_buff *ctx, __u32 *dst_id)
{
	struct ct_state ct_state_new = {}, ct_state = {};
	struct policy_result policy = {};
	struct remote_endpoint_info *info;
	struct ipv6_ct_tuple tuple = {};
	struct trace_ctx trace = {};
	struct ipv6hdr *ip6;
	union v6addr daddr;
	bool create = false;
	int ct_status, l4_off, ret, verdict;

	ret = check_ipv6_from_lxc(ctx, &ip6);
	if (ret != CTX_ACT_OK)
		return ret;
#ifdef ENABLE_PER_PACKET_LB
	__u16 proxy_port;

	ip6 = ipv6_header(ctx);
	if (!ip6)
		return DROP_INVALID;
	ret = lb6_translate(ctx, ip6, &ct_state_new, &proxy_port);
	if (ret < 0)
		return ret;
#endif
	ct_status = ct_packet6(ctx, CT_EGRESS, &tuple, &ct_state, &trace.monitor, &l4_off);
	if (ct_status < 0)
		return ct_status;
	trace.reason = ct_status;

	ip6 = ipv6_header(ctx);
	if (!ip6)
		return DROP_INVALID;
	if (ct_is_reply(ct_status) && ct_state.proxy_redirect)
		return ctx_redirect_to_proxy(ctx, 0);
	daddr = ip6->daddr;
	info = lookup_ip6_remote_endpoint(&daddr);
	*dst_id = info && info->sec_label ? info->sec_label : WORLD_ID;
	cilium_dbg(ctx, info ? DBG_IP_ID_MAP_SUCCEED6 : DBG_IP_ID_MAP_FAILED6, daddr.p4, *dst_id);

	/* Asked for replies as well: only the answer is ignored, the entry counts them. */
	verdict = policy_lookup6(ctx, *dst_id, &tuple, CT_EGRESS, &policy);
	if (!ct_is_reply(ct_status) && verdict < 0) {
		send_policy_verdict_notify(ctx, *dst_id, tuple.dport, tuple.nexthdr, CT_EGRESS, true, verdict,
					   policy.match_type, policy.audited);
		return verdict;
	}

	switch (ct_status) {
	case CT_NEW:
		send_policy_verdict_notify(ctx, *dst_id, tuple.dport, tuple.nexthdr, CT_EGRESS, true, verdict,
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
			ret = lb6_rev_nat(ctx, l4_off, tuple.nexthdr, &ct_state);
			if (IS_ERR(ret))
				return ret;
		}
		break;
	default:
		return DROP_UNKNOWN_CT;
	}
	if (create) {
		ct_state_new.src_sec_id = seclabel();
		ret = ct_create6(ctx, ct_map6(&tuple), &cilium_ct_any6_global, &tuple, CT_EGRESS, &ct_state_new,
				 verdict > 0, false);
		if (IS_ERR(ret))
			return ret;
		trace.monitor = TRACE_PAYLOAD_LEN;
	}

	if (verdict > 0 && !ct_is_reply(ct_status)) {
		send_trace_notify(ctx, TRACE_TO_PROXY, seclabel(), 0, 0, 0, &trace);
		return ctx_redirect_to_proxy(ctx, verdict);
	}
	return forward_ipv6(ctx, *dst_id, ct_state_new.loopback || ct_state.loopback, false, &trace);
}

#endif
