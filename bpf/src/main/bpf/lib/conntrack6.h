// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Conntrack of IPv6; included by conntrack.h. */
#ifndef TAILWALK_CONNTRACK6_H
#define TAILWALK_CONNTRACK6_H

static __always_inline void *ct_map6(const struct ipv6_ct_tuple *tuple)
{
	return tuple->nexthdr == IPPROTO_TCP ? (void *)&cilium_ct6_global : (void *)&cilium_ct_any6_global;
}

static __always_inline void ipv6_ct_tuple_reverse(struct ipv6_ct_tuple *tuple)
{
	union v6addr addr = tuple->saddr;
	__be16 port = tuple->sport;

	tuple->saddr = tuple->daddr;
	tuple->daddr = addr;
	tuple->sport = tuple->dport;
	tuple->dport = port;
	tuple->flags ^= TUPLE_F_IN;
}

static __always_inline int ct_load_icmp6(struct __sk_buff *ctx, int l4_off, const enum ct_dir dir,
					 struct ipv6_ct_tuple *tuple, struct ct_l4 *l4)
{
	__be16 id;
	__u8 type;

	if (skb_load_bytes(ctx, l4_off, &type, sizeof(type)) < 0)
		return DROP_CT_INVALID_HDR;
	tuple->dport = 0;
	tuple->sport = 0;
	switch (type) {
	case ICMPV6_DEST_UNREACH:
	case ICMPV6_PKT_TOOBIG:
	case ICMPV6_TIME_EXCEED:
	case ICMPV6_PARAMPROB:
		tuple->flags |= TUPLE_F_RELATED;
		break;
	case ICMPV6_ECHO_REPLY:
	case ICMPV6_ECHO_REQUEST:
		if (skb_load_bytes(ctx, l4_off + ICMP_ID_OFF, &id, sizeof(id)) < 0)
			return DROP_CT_INVALID_HDR;
		if (ct_echo_asks(type == ICMPV6_ECHO_REQUEST, dir)) {
			tuple->dport = id;
			l4->action = ACTION_CREATE;
		} else {
			tuple->sport = id;
			l4->action = CT_ECHO_REPLY_ACTION;
		}
		break;
	default:
		l4->action = ACTION_CREATE;
		break;
	}
	return 0;
}

/* The packet's source port goes to tuple.dport, as the first lookup asks for the opposite direction. */
static __always_inline int ct_extract6(struct __sk_buff *ctx, int l4_off, const enum ct_dir dir,
				       struct ipv6_ct_tuple *tuple, struct ct_l4 *l4)
{
	__be16 ports[2];

	if (tuple->nexthdr == IPPROTO_ICMPV6)
		return ct_load_icmp6(ctx, l4_off, dir, tuple, l4);
	if (!l4_has_ports(tuple->nexthdr))
		return DROP_CT_UNKNOWN_PROTO;
	l4->action = ACTION_CREATE;
	if (tuple->nexthdr == IPPROTO_TCP && ct_load_tcp_flags(ctx, l4_off, l4) < 0)
		return DROP_CT_INVALID_HDR;
	if (skb_load_bytes(ctx, l4_off, ports, sizeof(ports)) < 0)
		return DROP_CT_INVALID_HDR;
	tuple->dport = ports[0];
	tuple->sport = ports[1];
	return 0;
}

/* A ct_status, or an error. The tuple's addresses and transport protocol are the packet's on entry. */
static __always_inline int ct_lookup6(struct __sk_buff *ctx, void *map, struct ipv6_ct_tuple *tuple, int l4_off,
				      const enum ct_dir dir, struct ct_state *state, __u32 *monitor)
{
	bool tcp = tuple->nexthdr == IPPROTO_TCP;
	struct ct_l4 l4 = {};
	int ret;

	tuple->flags = ct_lookup_flags(dir);
	ret = ct_extract6(ctx, l4_off, dir, tuple, &l4);
	if (ret < 0)
		return ret;

	cilium_dbg3(ctx, DBG_CT_LOOKUP6_1, tuple->saddr.p4, tuple->daddr.p4,
		    (__u32)bpf_ntohs(tuple->sport) << 16 | bpf_ntohs(tuple->dport));
	cilium_dbg3(ctx, DBG_CT_LOOKUP6_2, (__u32)tuple->nexthdr << 8 | tuple->flags, 0, 0);
	ret = ct_lookup_entry(ctx, map, tuple, tcp, dir, l4, state, monitor);
	if (ret != CT_NEW) {
		ret = ct_reply_status(ret, tuple->flags);
	} else if (dir != CT_SERVICE) {
		ipv6_ct_tuple_reverse(tuple);
		ret = ct_lookup_entry(ctx, map, tuple, tcp, dir, l4, state, monitor);
	}
	cilium_dbg(ctx, DBG_CT_VERDICT, ret, state->rev_nat_index);
	return ret;
}

/* Creates the entry for the tuple and (with a map for it) the entry that ICMPv6 errors about it will match. */
static __always_inline int ct_create6(struct __sk_buff *ctx, void *map, void *map_related,
				      const struct ipv6_ct_tuple *tuple, const enum ct_dir dir,
				      const struct ct_state *state, bool proxy_redirect, bool from_l7lb)
{
	struct ct_entry entry;
	struct ipv6_ct_tuple key = *tuple;

	ct_new_entry(ctx, &entry, tuple->nexthdr == IPPROTO_TCP, dir, state, proxy_redirect, from_l7lb);
	cilium_dbg3(ctx, DBG_CT_CREATED6, entry.rev_nat_index, entry.src_sec_id, 0);
	if (map_update_elem(map, &key, &entry, BPF_ANY) < 0)
		goto full;

	if (map_related) {
		key.sport = 0;
		key.dport = 0;
		key.nexthdr = IPPROTO_ICMPV6;
		key.flags |= TUPLE_F_RELATED;
		entry.seen_non_syn = 1;
		if (map_update_elem(map_related, &key, &entry, BPF_ANY) < 0)
			goto full;
	}
	return 0;

full:
	send_signal_ct_fill_up(ctx, SIGNAL_PROTO_V6);
	return DROP_CT_CREATE_FAILED;
}

#endif
