// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Delivery to an endpoint of this node: rewrite, then the destination's policy program. */
#ifndef TAILWALK_LOCAL_DELIVERY_H
#define TAILWALK_LOCAL_DELIVERY_H

#include "identity.h"
#include "l3.h"
#include "tailcall.h"

/* The packet is on its way; only policy is left. Returns if the destination's program is missing. */
static __always_inline int local_delivery(struct __sk_buff *ctx, __u32 seclabel, __u32 ifindex, __u16 lxc_id,
					  __u8 direction, bool from_host)
{
#ifdef LOCAL_DELIVERY_METRICS
	update_metrics(ctx, direction, REASON_FORWARDED);
#endif
#if defined(USE_BPF_PROG_FOR_INGRESS_POLICY) && !defined(FORCE_LOCAL_POLICY_EVAL_AT_SOURCE)
	/* The destination's own hook decides: tell it who sends. */
# ifdef ERA_WALKTHROUGH2020
	ctx->mark = seclabel << 16 | MARK_MAGIC_IDENTITY;
# else
	set_identity_mark(ctx, seclabel);
# endif
	return redirect(ifindex, 0);
#else
	ctx_store_meta(ctx, CB_SRC_LABEL, seclabel);
	ctx_store_meta(ctx, CB_IFINDEX, ifindex);
	ctx_store_meta(ctx, CB_FROM_HOST, from_host);
	tail_call(ctx, &POLICY_CALL_MAP, lxc_id);
	return DROP_MISSED_TAIL_CALL;
#endif
}

struct local_target {
	union macaddr mac;
	union macaddr node_mac;
	__u32 ifindex;
	__u16 lxc_id;
};

static __always_inline struct local_target local_target(const struct endpoint_info *ep)
{
	struct local_target to = { .ifindex = ep->ifindex, .lxc_id = ep->lxc_id };

	memcpy(&to.mac, &ep->mac, sizeof(to.mac));
	memcpy(&to.node_mac, &ep->node_mac, sizeof(to.node_mac));
	return to;
}

#ifdef ENABLE_IPV4
static __always_inline int ipv4_local_delivery(struct __sk_buff *ctx, __u32 seclabel, const struct iphdr *ip4,
					       const struct endpoint_info *ep, __u8 direction, bool from_host)
{
	struct local_target to = local_target(ep);
	int ret;

	cilium_dbg(ctx, DBG_LOCAL_DELIVERY, to.lxc_id, seclabel);
	ret = ipv4_l3(ctx, ip4->ttl, &to.node_mac, &to.mac);
	if (ret != CTX_ACT_OK)
		return ret;
	return local_delivery(ctx, seclabel, to.ifindex, to.lxc_id, direction, from_host);
}
#endif

#ifdef ENABLE_IPV6
static __always_inline int ipv6_local_delivery(struct __sk_buff *ctx, __u32 seclabel, const struct ipv6hdr *ip6,
					       const struct endpoint_info *ep, __u8 direction, bool from_host)
{
	struct local_target to = local_target(ep);
	int ret;

	cilium_dbg(ctx, DBG_LOCAL_DELIVERY, to.lxc_id, seclabel);
	ret = ipv6_l3(ctx, ip6->hop_limit, &to.node_mac, &to.mac, direction);
	if (ret != CTX_ACT_OK)
		return ret;
	return local_delivery(ctx, seclabel, to.ifindex, to.lxc_id, direction, from_host);
}
#endif

#endif
