// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * The two ways in which a packet comes before the pod's policy. They differ in who says who sent it, and in how a proxy gets
 * it. The sender's identity tells the caller, whatever the outcome, as whose packet it was taken.
 */
#ifndef TAILWALK_ARRIVAL_H
#define TAILWALK_ARRIVAL_H

#include "custom_calls.h"
#include "identity.h"
#include "ingress.h"

/* A packet that another program delivered, on to the proxy. The mark shows where the sender stood. */
static __always_inline int arrive_at_proxy(struct __sk_buff *ctx, __be16 proxy_port)
{
	int ret = ctx_redirect_to_proxy(ctx, proxy_port);

	ctx_store_meta(ctx, CB_SRC_LABEL, ctx->mark);
	return ret;
}

#ifdef ENABLE_IPV4
/* Delivered by another program, which left the sender in the control block. */
static __always_inline int arrive_by_policy4(struct __sk_buff *ctx, __u32 *src_label, __be16 *proxy_port)
{
	__u32 ifindex = ctx_load_meta(ctx, CB_IFINDEX);

	*src_label = ctx_take_meta(ctx, CB_SRC_LABEL);
	ctx_store_meta(ctx, CB_FROM_HOST, 0);
	return ipv4_policy(ctx, ifindex, *src_label, proxy_port);
}

/* Through the pod's own hook. The caller has what the mark said of the sender; the ipcache may know better. */
static __always_inline int arrive_at_endpoint4(struct __sk_buff *ctx, __u32 *src_identity)
{
	struct iphdr *ip4 = ipv4_header(ctx);
	__be16 proxy_port = 0;
	int ret;

	if (!ip4)
		return DROP_INVALID;
	if (identity_is_reserved(*src_identity)) {
		struct remote_endpoint_info *info = lookup_ip4_remote_endpoint(ip4->saddr);

		/* The address may say more than the mark did, but never that the host itself sent it. */
		if (info && info->sec_label && info->sec_label != HOST_ID)
			*src_identity = info->sec_label;
		dbg_sender(ctx, info ? DBG_IP_ID_MAP_SUCCEED4 : DBG_IP_ID_MAP_FAILED4, ip4->saddr, *src_identity);
	}
	cilium_dbg(ctx, DBG_LOCAL_DELIVERY, lxc_id(), seclabel());
#ifdef LOCAL_DELIVERY_METRICS
	update_metrics(ctx, METRIC_INGRESS, REASON_FORWARDED);
#endif
	ctx_store_meta(ctx, CB_SRC_LABEL, 0);
	ret = ipv4_policy(ctx, 0, *src_identity, &proxy_port);
	if (ret == POLICY_ACT_PROXY_REDIRECT)
		return ctx_redirect_to_proxy_hairpin4(ctx, proxy_port);
	if (!IS_ERR(ret))
		custom_call(ctx, CUSTOM_CALLS_IDX_IPV4_INGRESS, ret, *src_identity, METRIC_INGRESS);
	return ret;
}
#endif

#ifdef ENABLE_IPV6
/* Delivered by another program, which left the sender in the control block. */
static __always_inline int arrive_by_policy6(struct __sk_buff *ctx, __u32 *src_label, __be16 *proxy_port)
{
	__u32 ifindex = ctx_load_meta(ctx, CB_IFINDEX);

	*src_label = ctx_take_meta(ctx, CB_SRC_LABEL);
	ctx_store_meta(ctx, CB_FROM_HOST, 0);
	return ipv6_policy(ctx, ifindex, *src_label, proxy_port);
}

/* Through the pod's own hook. The caller has what the mark said of the sender; the ipcache may know better. */
static __always_inline int arrive_at_endpoint6(struct __sk_buff *ctx, __u32 *src_identity)
{
	struct ipv6hdr *ip6 = ipv6_header(ctx);
	__be16 proxy_port = 0;
	int ret;

	if (!ip6)
		return DROP_INVALID;
	if (identity_is_reserved(*src_identity)) {
		union v6addr saddr = ip6->saddr;
		struct remote_endpoint_info *info = lookup_ip6_remote_endpoint(&saddr);

		/* The address may say more than the mark did, but never that the host itself sent it. */
		if (info && info->sec_label && info->sec_label != HOST_ID)
			*src_identity = info->sec_label;
		dbg_sender(ctx, info ? DBG_IP_ID_MAP_SUCCEED6 : DBG_IP_ID_MAP_FAILED6, saddr.p4, *src_identity);
	}
	cilium_dbg(ctx, DBG_LOCAL_DELIVERY, lxc_id(), seclabel());
#ifdef LOCAL_DELIVERY_METRICS
	update_metrics(ctx, METRIC_INGRESS, REASON_FORWARDED);
#endif
	ctx_store_meta(ctx, CB_SRC_LABEL, 0);
	ret = ipv6_policy(ctx, 0, *src_identity, &proxy_port);
	if (ret == POLICY_ACT_PROXY_REDIRECT)
		return proxy_hairpin_of_ipv6(ctx, proxy_port);
	if (!IS_ERR(ret))
		custom_call(ctx, CUSTOM_CALLS_IDX_IPV6_INGRESS, ret, *src_identity, METRIC_INGRESS);
	return ret;
}
#endif

#endif
