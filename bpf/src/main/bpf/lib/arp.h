// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Answers ARP requests of the container in place of the node. */
#ifndef TAILWALK_ARP_H
#define TAILWALK_ARP_H

#include "drop.h"
#include "eth.h"

#define ARP_HTYPE_ETHERNET 1
#define ARP_REQUEST 1
#define ARP_REPLY 2

struct arp_frame {
	struct ethhdr eth;
	__be16 htype;
	__be16 ptype;
	__u8 hlen;
	__u8 plen;
	__be16 op;
	union macaddr sender_mac;
	__be32 sender_ip;
	union macaddr target_mac;
	__be32 target_ip;
} __packed;

_Static_assert(sizeof(struct arp_frame) == 42, "ARP frame layout");

static __always_inline bool mac_is_broadcast(const union macaddr *mac)
{
	return mac->p1 == 0xffffffff && mac->p2 == 0xffff;
}

static __always_inline bool mac_equals(const union macaddr *a, const union macaddr *b)
{
	return a->p1 == b->p1 && a->p2 == b->p2;
}

/* A request from Ethernet to us or to everybody. */
static __always_inline bool arp_is_request(const struct arp_frame *arp, const union macaddr *own_mac)
{
	return arp->op == bpf_htons(ARP_REQUEST) && arp->htype == bpf_htons(ARP_HTYPE_ETHERNET) &&
	       (mac_is_broadcast(&arp->eth.h_dest) || mac_equals(&arp->eth.h_dest, own_mac));
}

/* Whatever is not a request for a foreign address is left to the stack. */
static __always_inline int handle_arp(struct __sk_buff *ctx)
{
	struct arp_frame *arp = ctx_pull(ctx, sizeof(*arp));
	struct arp_frame reply;
	union macaddr mac;

	node_mac(&mac);
	if (!arp || !arp_is_request(arp, &mac) || arp->target_ip == lxc_ipv4())
		return CTX_ACT_OK;

	reply = *arp;
	reply.eth.h_dest = arp->eth.h_source;
	reply.eth.h_source = mac;
	reply.op = bpf_htons(ARP_REPLY);
	reply.target_mac = arp->eth.h_source;
	reply.target_ip = arp->sender_ip;
	reply.sender_mac = mac;
	reply.sender_ip = arp->target_ip;
	if (skb_store_bytes(ctx, 0, &reply, sizeof(reply), 0) < 0)
		return DROP_WRITE_ERROR;
	cilium_dbg_capture(ctx, DBG_CAPTURE_DELIVERY, ctx->ifindex);
	return redirect(ctx->ifindex, 0);
}

__section_tail(CALLS_MAP_ID, CILIUM_CALL_ARP)
int tail_handle_arp(struct __sk_buff *ctx)
{
	int ret = handle_arp(ctx);

	if (IS_ERR(ret))
		return send_drop_notify_error(ctx, 0, ret, CTX_ACT_DROP, METRIC_EGRESS);
	return ret;
}

#endif
