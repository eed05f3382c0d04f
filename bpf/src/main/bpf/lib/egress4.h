// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* A pod's IPv4 packet after its conntrack lookup: egress policy, reverse translation, forwarding. */
#ifndef TAILWALK_EGRESS4_H
#define TAILWALK_EGRESS4_H

#include "forward.h"
#include "lb.h"
#include "policy.h"
#include "proxy.h"

/* What the conntrack program left; NULL if it never ran (its reversed tuple has no zero address). */
static __always_inline struct ct_buffer4 *ct_buffer4(void)
{
	__u32 zero = 0;
	struct ct_buffer4 *buffer = map_lookup_elem(&cilium_tail_call_buffer4, &zero);

	return buffer && buffer->tuple.saddr ? buffer : NULL;
}

/* dst_id tells the caller, whatever the outcome, how far the destination's identity was resolved. */
static __always_inline int handle_ipv4_cont(struct __sk_buff *ctx, __u32 *dst_id)
{
	struct ct_state ct_state_new = {};
	struct policy_result policy = {};
	struct remote_endpoint_info *info;
	struct ipv4_ct_tuple tuple;
	struct ct_buffer4 *buffer;
	struct ct_state ct_state;
	struct trace_ctx trace;
	struct iphdr *ip4;
	bool hairpin, has_l4, log_verdict = true, from_l7lb = false, create = false;
	int ct_status, l4_off, ret, verdict = 0;

	ip4 = ipv4_header(ctx);
	if (!ip4)
		return DROP_INVALID;
	l4_off = ipv4_l4_off(ip4);
	has_l4 = ipv4_has_l4_header(ip4);

	info = lookup_ip4_remote_endpoint(ip4->daddr);
	*dst_id = info && info->sec_label ? info->sec_label : WORLD_ID;
	cilium_dbg(ctx, info ? DBG_IP_ID_MAP_SUCCEED4 : DBG_IP_ID_MAP_FAILED4, ip4->daddr, *dst_id);

#ifdef ENABLE_PER_PACKET_LB
	__u32 service = ctx_take_meta(ctx, CB_CT_STATE);

	ct_state_new.rev_nat_index = service >> 16;
#ifndef DISABLE_LOOPBACK_LB
	if (service & 1) {
		ct_state_new.loopback = 1;
		ct_state_new.addr = bpf_htonl(IPV4_LOOPBACK);
		ct_state_new.svc_addr = ip4->daddr;
	}
#endif
	ct_state_new.backend_id = ctx_take_meta(ctx, CB_BACKEND_ID);
	verdict = ctx_take_meta(ctx, CB_PORT) >> 16; /* a proxy's port, if the L7 load balancer has the service */
#endif
	hairpin = ct_state_new.loopback;

	buffer = ct_buffer4();
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
		cilium_dbg3(ctx, DBG_L7_LB, tuple.daddr, tuple.saddr, bpf_ntohs(verdict));
		log_verdict = false;
		goto policy_done;
	}
#endif
	if ((ct_status == CT_REPLY || ct_status == CT_RELATED) && ct_state.proxy_redirect)
		return ctx_redirect_to_proxy(ctx, 0);
	if (hairpin) {
		log_verdict = false;
	} else {
		/* Asked for replies as well: only the answer is ignored, the entry counts them. */
		verdict = policy_lookup4(ctx, *dst_id, &tuple, CT_EGRESS, false, &policy);
		if (ct_status != CT_REPLY && ct_status != CT_RELATED && verdict < 0) {
			send_policy_verdict_notify(ctx, *dst_id, tuple.dport, tuple.nexthdr, CT_EGRESS, false, verdict,
						   policy.match_type, policy.audited);
			return verdict;
		}
	}
#ifdef ENABLE_L7_LB
policy_done:
#endif

	switch (ct_status) {
	case CT_NEW:
	case CT_REOPENED:
		if (log_verdict)
			send_policy_verdict_notify(ctx, *dst_id, tuple.dport, tuple.nexthdr, CT_EGRESS, false, verdict,
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
			ret = lb4_rev_nat(ctx, l4_off, tuple.nexthdr, &ct_state, NULL, has_l4, true);
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
				 verdict > 0, from_l7lb);
		if (IS_ERR(ret)) {
			buffer->tuple = tuple;
			return ret;
		}
	}
	hairpin |= ct_state.loopback;

	if (!from_l7lb && verdict > 0 && ct_status != CT_REPLY && ct_status != CT_RELATED) {
		send_trace_notify(ctx, TRACE_TO_PROXY, seclabel(), 0, bpf_ntohs((__be16)verdict), 0, &trace);
		return ctx_redirect_to_proxy(ctx, verdict);
	}
	return forward_ipv4(ctx, *dst_id, hairpin, from_l7lb, &trace);
}

#endif
