// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* A pod's IPv6 packet after its conntrack lookup: egress policy, reverse translation, forwarding. */
#ifndef TAILWALK_EGRESS6_H
#define TAILWALK_EGRESS6_H

#include "forward.h"
#include "lb.h"
#include "policy.h"
#include "proxy.h"

/* What the conntrack program left; NULL if it never ran (its reversed tuple has no zero address). */
static __always_inline struct ct_buffer6 *ct_buffer6(void)
{
	__u32 zero = 0;
	struct ct_buffer6 *buffer = map_lookup_elem(&cilium_tail_call_buffer6, &zero);
	union v6addr saddr;

	if (!buffer)
		return NULL;
	saddr = buffer->tuple.saddr;
	return saddr.p1 | saddr.p2 | saddr.p3 | saddr.p4 ? buffer : NULL;
}

/* dst_id tells the caller, whatever the outcome, how far the destination's identity was resolved. */
static __always_inline int handle_ipv6_cont(struct __sk_buff *ctx, __u32 *dst_id)
{
	struct ct_state ct_state_new = {};
	struct policy_result policy = {};
	struct remote_endpoint_info *info;
	struct ipv6_ct_tuple tuple;
	struct ct_buffer6 *buffer;
	struct ct_state ct_state;
	struct trace_ctx trace;
	struct ipv6hdr *ip6;
	union v6addr daddr;
	bool log_verdict = true, from_l7lb = false, create = false;
	int ct_status, ret, verdict = 0;

	ip6 = ipv6_header(ctx);
	if (!ip6)
		return DROP_INVALID;

	daddr = ip6->daddr;
	info = lookup_ip6_remote_endpoint(&daddr);
	*dst_id = info && info->sec_label ? info->sec_label : WORLD_ID;
	cilium_dbg(ctx, info ? DBG_IP_ID_MAP_SUCCEED6 : DBG_IP_ID_MAP_FAILED6, daddr.p4, *dst_id);

#ifdef ENABLE_PER_PACKET_LB
	ct_state_new.rev_nat_index = ctx_take_meta(ctx, CB_CT_STATE);
	ct_state_new.backend_id = ctx_take_meta(ctx, CB_BACKEND_ID);
	verdict = ctx_take_meta(ctx, CB_PORT) >> 16; /* a proxy's port, if the L7 load balancer has the service */
#endif

	buffer = ct_buffer6();
	if (!buffer)
		return DROP_INVALID_TC_BUFFER;
	tuple = buffer->tuple;
	ct_state = buffer->ct_state;
	ct_status = buffer->ret;
	trace.reason = ct_status;
	trace.monitor = buffer->monitor;

#ifdef ENABLE_L7_LB
	from_l7lb = ctx_load_meta(ctx, CB_FROM_HOST) == FROM_HOST_L7_LB;
	if (verdict > 0) {
		cilium_dbg3(ctx, DBG_L7_LB, tuple.daddr.p4, tuple.saddr.p4, bpf_ntohs(verdict));
		log_verdict = false;
		goto policy_done;
	}
#endif
	if ((ct_status == CT_REPLY || ct_status == CT_RELATED) && ct_state.proxy_redirect)
		return ctx_redirect_to_proxy(ctx, 0);
	/* Asked for replies as well: only the answer is ignored, the entry counts them. */
	verdict = policy_lookup6(ctx, *dst_id, &tuple, CT_EGRESS, &policy);
	if (ct_status != CT_REPLY && ct_status != CT_RELATED && verdict < 0) {
		send_policy_verdict_notify(ctx, *dst_id, tuple.dport, tuple.nexthdr, CT_EGRESS, true, verdict,
					   policy.match_type, policy.audited);
		return verdict;
	}
#ifdef ENABLE_L7_LB
policy_done:
#endif

	switch (ct_status) {
	case CT_NEW:
	case CT_REOPENED:
		if (log_verdict)
			send_policy_verdict_notify(ctx, *dst_id, tuple.dport, tuple.nexthdr, CT_EGRESS, true, verdict,
						   policy.match_type, policy.audited);
		create = ct_status == CT_NEW || ct_state.rev_nat_index != ct_state_new.rev_nat_index;
		break;
	case CT_ESTABLISHED:
		/* The entry belongs to what the address meant before: make it anew. */
		create = ct_state.rev_nat_index != ct_state_new.rev_nat_index;
		break;
	case CT_RELATED:
	case CT_REPLY:
		ctx_store_meta(ctx, CB_POLICY, 1);
		if (ct_state.rev_nat_index) {
			ret = rev_nat_ipv6(ctx, tuple.nexthdr, &ct_state);
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
				 verdict > 0, from_l7lb);
		if (IS_ERR(ret))
			return ret;
		trace.monitor = TRACE_PAYLOAD_LEN;
	}

	if (!from_l7lb && verdict > 0 && ct_status != CT_REPLY && ct_status != CT_RELATED) {
		send_trace_notify(ctx, TRACE_TO_PROXY, seclabel(), 0, bpf_ntohs((__be16)verdict), 0, &trace);
		return ctx_redirect_to_proxy(ctx, verdict);
	}
	return forward_ipv6(ctx, *dst_id, ct_state.loopback, from_l7lb, &trace);
}

#endif
