// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* ICMPv6 in place of the node: neighbour advertisements, the router's echo replies, time exceeded. */
#ifndef TAILWALK_ICMP6_H
#define TAILWALK_ICMP6_H

#include "conntrack.h"
#include "drop.h"
#include "eps.h"

#define ICMPV6_NS 135
#define ICMPV6_NA 136
#define ICMPV6_CSUM_OFF 2

#define NA_FLAGS_ROUTER 0xC0   /* router, solicited */
#define NA_FLAGS_ENDPOINT 0x60 /* solicited, override */
#define ND_OPT_TARGET_LL_ADDR 2

/* Both helper programs take these from the control block. */
#define CB_ICMP6_L3_OFF 0
#define CB_ICMP6_DIRECTION 1

struct icmp6hdr {
	__u8 type;
	__u8 code;
	__u16 csum;
	__be32 word;
};

struct nd_opt_ll_addr {
	__u8 type;
	__u8 len;
	union macaddr mac;
};

/* Turns the packet round: to its sender, from the router's address and the node's MAC. */
static __always_inline int icmp6_send_reply(struct __sk_buff *ctx, int l3_off)
{
	union v6addr sender, old_daddr, router;
	union macaddr dmac, smac;
	__s64 diff;
	int csum_off = l3_off + sizeof(struct ipv6hdr) + ICMPV6_CSUM_OFF;

	router_ipv6(&router);
	if (skb_load_bytes(ctx, l3_off + IPV6_SADDR_OFF, &sender, sizeof(sender)) < 0 ||
	    skb_load_bytes(ctx, l3_off + IPV6_DADDR_OFF, &old_daddr, sizeof(old_daddr)) < 0)
		return DROP_INVALID;
	if (skb_store_bytes(ctx, l3_off + IPV6_SADDR_OFF, &router, sizeof(router), 0) < 0 ||
	    skb_store_bytes(ctx, l3_off + IPV6_DADDR_OFF, &sender, sizeof(sender), 0) < 0)
		return DROP_WRITE_ERROR;

	/* The sender stays in the pseudo header: only the other address changed. */
	diff = csum_diff(&old_daddr, sizeof(old_daddr), &router, sizeof(router), 0);
	if (l4_csum_replace(ctx, csum_off, 0, diff, BPF_F_PSEUDO_HDR) < 0)
		return DROP_CSUM_L4;

	if (skb_load_bytes(ctx, sizeof(dmac), &dmac, sizeof(dmac)) < 0)
		return DROP_INVALID;
	node_mac(&smac);
	if (eth_store_daddr(ctx, &dmac) < 0 || eth_store_saddr(ctx, &smac) < 0)
		return DROP_WRITE_ERROR;
	cilium_dbg_capture(ctx, DBG_CAPTURE_DELIVERY, ctx->ifindex);
	return redirect(ctx->ifindex, 0);
}

/* Rewrites bytes under the ICMPv6 checksum. */
static __always_inline int icmp6_rewrite(struct __sk_buff *ctx, int icmp_off, int off, const void *from, const void *to,
					 const __u32 len)
{
	__s64 diff = csum_diff(from, len, to, len, 0);

	if (skb_store_bytes(ctx, icmp_off + off, to, len, 0) < 0)
		return DROP_WRITE_ERROR;
	if (l4_csum_replace(ctx, icmp_off + ICMPV6_CSUM_OFF, 0, diff, BPF_F_PSEUDO_HDR) < 0)
		return DROP_CSUM_L4;
	return 0;
}

/* Sets the type, with code 0, and the word after the checksum. */
static __always_inline int icmp6_rewrite_header(struct __sk_buff *ctx, int icmp_off, __u8 type, bool set_word,
						__be32 word)
{
	struct icmp6hdr old, new;

	if (skb_load_bytes(ctx, icmp_off, &old, sizeof(old)) < 0)
		return DROP_INVALID;
	new = old;
	new.type = type;
	new.code = 0;
	if (set_word)
		new.word = word;
	return icmp6_rewrite(ctx, icmp_off, 0, &old, &new, sizeof(new));
}

static __always_inline int icmp6_send_echo_reply(struct __sk_buff *ctx, int l3_off)
{
	int ret;

	cilium_dbg(ctx, DBG_ICMP6_REQUEST, l3_off, 0);
	ret = icmp6_rewrite_header(ctx, l3_off + sizeof(struct ipv6hdr), ICMPV6_ECHO_REPLY, false, 0);
	return ret < 0 ? ret : icmp6_send_reply(ctx, l3_off);
}

/*
 * An advertisement over the solicitation. The option must already be there, as nothing is inserted: duplicate address
 * detection, which sends none, fails after its type and flags were rewritten.
 */
static __always_inline int icmp6_send_advertisement(struct __sk_buff *ctx, int l3_off, __u8 flags)
{
	const int opt_off = sizeof(struct icmp6hdr) + sizeof(union v6addr);
	int icmp_off = l3_off + sizeof(struct ipv6hdr);
	struct nd_opt_ll_addr old, opt = { .type = ND_OPT_TARGET_LL_ADDR, .len = 1 };
	int ret;

	ret = icmp6_rewrite_header(ctx, icmp_off, ICMPV6_NA, true, flags);
	if (ret < 0)
		return ret;
	if (skb_load_bytes(ctx, icmp_off + opt_off, &old, sizeof(old)) < 0)
		return DROP_INVALID;
	node_mac(&opt.mac);
	ret = icmp6_rewrite(ctx, icmp_off, opt_off, &old, &opt, sizeof(opt));
	return ret < 0 ? ret : icmp6_send_reply(ctx, l3_off);
}

static __always_inline int icmp6_handle_ns(struct __sk_buff *ctx, int l3_off)
{
	int target_off = l3_off + sizeof(struct ipv6hdr) + sizeof(struct icmp6hdr);
	union v6addr target, router;

	if (skb_load_bytes(ctx, target_off, &target, sizeof(target)) < 0)
		return DROP_INVALID;
	cilium_dbg(ctx, DBG_ICMP6_NS, target.p3, target.p4);
	router_ipv6(&router);
	if (ipv6_addr_equals(&target, &router))
		return icmp6_send_advertisement(ctx, l3_off, NA_FLAGS_ROUTER);
	if (lookup_ip6_endpoint(&target))
		return icmp6_send_advertisement(ctx, l3_off, NA_FLAGS_ENDPOINT);
	return DROP_UNKNOWN_TARGET;
}

__section_tail(CALLS_MAP_ID, CILIUM_CALL_SEND_ICMP6_ECHO_REPLY)
int tail_icmp6_send_echo_reply(struct __sk_buff *ctx)
{
	__u32 l3_off = ctx_take_meta(ctx, CB_ICMP6_L3_OFF);
	__u8 direction = ctx_load_meta(ctx, CB_ICMP6_DIRECTION);
	int ret = icmp6_send_echo_reply(ctx, l3_off);

	if (IS_ERR(ret))
		return send_drop_notify_error(ctx, 0, ret, CTX_ACT_DROP, direction);
	return ret;
}

__section_tail(CALLS_MAP_ID, CILIUM_CALL_HANDLE_ICMP6_NS)
int tail_icmp6_handle_ns(struct __sk_buff *ctx)
{
	__u32 l3_off = ctx_take_meta(ctx, CB_ICMP6_L3_OFF);
	__u8 direction = ctx_load_meta(ctx, CB_ICMP6_DIRECTION);
	int ret = icmp6_handle_ns(ctx, l3_off);

	if (IS_ERR(ret))
		return send_drop_notify_error(ctx, 0, ret, CTX_ACT_DROP, direction);
	return ret;
}

#ifdef HAVE_CHANGE_TAIL
/* How much of the transport header the error quotes; 0 for protocols it is not sent for. */
static __always_inline __u32 icmp6_quoted_l4_len(__u8 nexthdr)
{
	switch (nexthdr) {
	case IPPROTO_UDP:
	case IPPROTO_ICMPV6:
	case IPPROTO_SCTP:
		return 8;
	case IPPROTO_TCP:
		return 20;
	default:
		return 0;
	}
}

struct icmp6_error {
	struct icmp6hdr icmp;
	struct ipv6hdr quoted;
	__u8 l4[20];
};

/* Sets the length, replaces the payload by the error and turns the packet round. */
static __always_inline int icmp6_write_error(struct __sk_buff *ctx, int l3_off, struct icmp6_error *error,
					     const __u32 len)
{
	struct {
		union v6addr saddr;
		union v6addr daddr;
		__be32 len;
		__be32 nexthdr;
	} pseudo = {
		.saddr = error->quoted.saddr,
		.daddr = error->quoted.daddr,
		.len = bpf_htonl(len),
		.nexthdr = bpf_htonl(IPPROTO_ICMPV6),
	};
	int icmp_off = l3_off + sizeof(struct ipv6hdr);
	__be16 payload_len = bpf_htons(len);
	__s64 sum;

	/* The header's own length is trusted: where it lies, the frame is cut or padded wrongly. */
	if (skb_change_tail(ctx, ctx->len + len - bpf_ntohs(error->quoted.payload_len), 0) < 0)
		return DROP_WRITE_ERROR;
	if (skb_store_bytes(ctx, icmp_off, error, len, 0) < 0 ||
	    skb_store_bytes(ctx, l3_off + IPV6_PAYLOAD_LEN_OFF, &payload_len, sizeof(payload_len), 0) < 0)
		return DROP_WRITE_ERROR;
	sum = csum_diff(NULL, 0, &pseudo, sizeof(pseudo), 0);
	sum = csum_diff(NULL, 0, error, len, sum);
	if (l4_csum_replace(ctx, icmp_off + ICMPV6_CSUM_OFF, 0, sum, BPF_F_PSEUDO_HDR) < 0)
		return DROP_CSUM_L4;
	return icmp6_send_reply(ctx, l3_off);
}

static __always_inline int icmp6_time_exceeded(struct __sk_buff *ctx, int l3_off)
{
	const __u32 fixed = sizeof(struct icmp6hdr) + sizeof(struct ipv6hdr);
	struct icmp6_error error = { .icmp = { .type = ICMPV6_TIME_EXCEED } };
	__u8 nexthdr = IPPROTO_ICMPV6;
	__u32 l4_len;

	cilium_dbg(ctx, DBG_ICMP6_TIME_EXCEEDED, 0, 0);
	if (skb_load_bytes(ctx, l3_off, &error.quoted, sizeof(error.quoted)) < 0)
		return DROP_INVALID;
	/* Before anything else: a packet that is refused below leaves with ICMPv6 in its header. */
	if (skb_store_bytes(ctx, l3_off + IPV6_NEXTHDR_OFF, &nexthdr, sizeof(nexthdr), 0) < 0)
		return DROP_WRITE_ERROR;
	l4_len = icmp6_quoted_l4_len(error.quoted.nexthdr);
	if (l4_len == 8) {
		if (skb_load_bytes(ctx, l3_off + sizeof(struct ipv6hdr), error.l4, 8) < 0)
			return DROP_INVALID;
		return icmp6_write_error(ctx, l3_off, &error, fixed + 8);
	}
	if (l4_len == 20) {
		if (skb_load_bytes(ctx, l3_off + sizeof(struct ipv6hdr), error.l4, 20) < 0)
			return DROP_INVALID;
		return icmp6_write_error(ctx, l3_off, &error, fixed + 20);
	}
	return DROP_UNKNOWN_L4;
}
#endif

/* Without the means to change a packet's length nothing is sent, and the packet passes. */
__section_tail(CALLS_MAP_ID, CILIUM_CALL_SEND_ICMP6_TIME_EXCEEDED)
int tail_icmp6_send_time_exceeded(struct __sk_buff *ctx)
{
#ifdef HAVE_CHANGE_TAIL
	__u32 l3_off = ctx_take_meta(ctx, CB_ICMP6_L3_OFF);
	__u8 direction = ctx_load_meta(ctx, CB_ICMP6_DIRECTION);
	int ret = icmp6_time_exceeded(ctx, l3_off);

	if (IS_ERR(ret))
		return send_drop_notify_error(ctx, 0, ret, CTX_ACT_DROP, direction);
	return ret;
#else
	return CTX_ACT_OK;
#endif
}

static __always_inline int icmp6_send_time_exceeded(struct __sk_buff *ctx, int l3_off, __u8 direction)
{
	ctx_store_meta(ctx, CB_ICMP6_L3_OFF, l3_off);
	ctx_store_meta(ctx, CB_ICMP6_DIRECTION, direction);
	ep_tail_call(ctx, CILIUM_CALL_SEND_ICMP6_TIME_EXCEEDED);
	return DROP_MISSED_TAIL_CALL;
}

/* What handle_icmp6_special() answers when the packet is ordinary traffic. */
#define ICMP6_ORDINARY 0

/* Solicitations and echo requests to the router are answered here, before the source address is looked at. */
static __always_inline int icmp6_handle_special(struct __sk_buff *ctx, int l3_off, const struct ipv6hdr *ip6,
						__u8 direction)
{
	union v6addr router, daddr = ip6->daddr;
	struct icmp6hdr icmp;

	if (skb_load_bytes(ctx, l3_off + sizeof(*ip6), &icmp, sizeof(icmp)) < 0)
		return DROP_INVALID;
	cilium_dbg(ctx, DBG_ICMP6_HANDLE, icmp.type, 0);
	router_ipv6(&router);
	if (icmp.type == ICMPV6_NS) {
		ctx_store_meta(ctx, CB_ICMP6_L3_OFF, l3_off);
		ctx_store_meta(ctx, CB_ICMP6_DIRECTION, direction);
		ep_tail_call(ctx, CILIUM_CALL_HANDLE_ICMP6_NS);
		return DROP_MISSED_TAIL_CALL;
	}
	if (icmp.type == ICMPV6_ECHO_REQUEST && ipv6_addr_equals(&daddr, &router)) {
		ctx_store_meta(ctx, CB_ICMP6_L3_OFF, l3_off);
		ctx_store_meta(ctx, CB_ICMP6_DIRECTION, direction);
		ep_tail_call(ctx, CILIUM_CALL_SEND_ICMP6_ECHO_REPLY);
		return DROP_MISSED_TAIL_CALL;
	}
	return ICMP6_ORDINARY;
}

#endif
