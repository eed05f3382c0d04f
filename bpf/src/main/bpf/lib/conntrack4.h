// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Conntrack of IPv4; included by conntrack.h. */
#ifndef TAILWALK_CONNTRACK4_H
#define TAILWALK_CONNTRACK4_H

static __always_inline void *ct_map4(const struct ipv4_ct_tuple *tuple)
{
	return tuple->nexthdr == IPPROTO_TCP ? (void *)&cilium_ct4_global : (void *)&cilium_ct_any4_global;
}

static __always_inline void ipv4_ct_tuple_reverse(struct ipv4_ct_tuple *tuple)
{
	__be32 addr = tuple->saddr;
	__be16 port = tuple->sport;

	tuple->saddr = tuple->daddr;
	tuple->daddr = addr;
	tuple->sport = tuple->dport;
	tuple->dport = port;
	tuple->flags ^= TUPLE_F_IN;
}

/* The packet's source port goes to tuple.dport, as the first lookup asks for the opposite direction. */
static __always_inline int ct_load_ports4(struct __sk_buff *ctx, int l4_off, const enum ct_dir dir,
					  struct ipv4_ct_tuple *tuple, bool *has_l4)
{
	struct ipv4_frag_l4ports ports;

	*has_l4 = true;
#ifdef ENABLE_IPV4_FRAGMENTS
	struct iphdr *ip4 = ipv4_header(ctx);
	int err;

	if (!ip4)
		return DROP_CT_INVALID_HDR;
	*has_l4 = ipv4_has_l4_header(ip4);
	err = ipv4_datagram_ports(ctx, ip4, l4_off, dir, &ports);
	if (err < 0)
		return err;
#else
	if (skb_load_bytes(ctx, l4_off, &ports, sizeof(ports)) < 0)
		return DROP_CT_INVALID_HDR;
#endif
	tuple->dport = ports.sport;
	tuple->sport = ports.dport;
	return 0;
}

static __always_inline int ct_load_icmp4(struct __sk_buff *ctx, int l4_off, const enum ct_dir dir,
					 struct ipv4_ct_tuple *tuple, struct ct_l4 *l4)
{
	__be16 id;
	__u8 type;

	if (skb_load_bytes(ctx, l4_off, &type, sizeof(type)) < 0)
		return DROP_CT_INVALID_HDR;
	tuple->dport = 0;
	tuple->sport = 0;
	switch (type) {
	case ICMP_DEST_UNREACH:
	case ICMP_TIME_EXCEEDED:
	case ICMP_PARAMETERPROB:
		tuple->flags |= TUPLE_F_RELATED;
		break;
	case ICMP_ECHOREPLY:
	case ICMP_ECHO:
		if (skb_load_bytes(ctx, l4_off + ICMP_ID_OFF, &id, sizeof(id)) < 0)
			return DROP_CT_INVALID_HDR;
		if (ct_echo_asks(type == ICMP_ECHO, dir)) {
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

/* Completes the tuple from the transport header. */
static __always_inline int ct_extract4(struct __sk_buff *ctx, int l4_off, const enum ct_dir dir,
				       struct ipv4_ct_tuple *tuple, struct ct_l4 *l4)
{
	bool has_l4;
	int err;

	switch (tuple->nexthdr) {
	case IPPROTO_ICMP:
		return ct_load_icmp4(ctx, l4_off, dir, tuple, l4);
	case IPPROTO_TCP:
#ifdef ERA_WALKTHROUGH2020
		err = ct_load_tcp_flags(ctx, l4_off, l4);
		if (err < 0)
			return err;
#endif
		err = ct_load_ports4(ctx, l4_off, dir, tuple, &has_l4);
		if (err < 0)
			return ct_ports_error(err);
#ifdef ERA_WALKTHROUGH2020
		if (l4->action != ACTION_CLOSE)
			l4->action = ACTION_CREATE;
		return 0;
#else
		l4->action = ACTION_CREATE;
		return has_l4 ? ct_load_tcp_flags(ctx, l4_off, l4) : 0;
#endif
	case IPPROTO_UDP:
#ifdef ENABLE_SCTP
	case IPPROTO_SCTP:
#endif
		err = ct_load_ports4(ctx, l4_off, dir, tuple, &has_l4);
		if (err < 0)
			return ct_ports_error(err);
		l4->action = ACTION_CREATE;
		return 0;
	default:
		return DROP_CT_UNKNOWN_PROTO;
	}
}

/* A ct_status, or an error. The tuple's addresses and protocol are the packet's on entry. */
static __always_inline int ct_lookup4(struct __sk_buff *ctx, void *map, struct ipv4_ct_tuple *tuple, int l4_off,
				      const enum ct_dir dir, struct ct_state *state, __u32 *monitor)
{
	bool tcp = tuple->nexthdr == IPPROTO_TCP;
	struct ct_l4 l4 = {};
	int ret;

	tuple->flags = ct_lookup_flags(dir);
	ret = ct_extract4(ctx, l4_off, dir, tuple, &l4);
	if (ret < 0)
		return ret;

	cilium_dbg3(ctx, DBG_CT_LOOKUP4_1, tuple->saddr, tuple->daddr,
		    (__u32)bpf_ntohs(tuple->sport) << 16 | bpf_ntohs(tuple->dport));
	cilium_dbg3(ctx, DBG_CT_LOOKUP4_2, (__u32)tuple->nexthdr << 8 | tuple->flags, 0, 0);
	ret = ct_lookup_entry(ctx, map, tuple, tcp, dir, l4, state, monitor);
	if (ret != CT_NEW) {
		ret = ct_reply_status(ret, tuple->flags);
	} else if (dir != CT_SERVICE) {
		ipv4_ct_tuple_reverse(tuple);
		ret = ct_lookup_entry(ctx, map, tuple, tcp, dir, l4, state, monitor);
	}
	cilium_dbg(ctx, DBG_CT_VERDICT, ret, state->rev_nat_index);
	return ret;
}

/*
 * Creates the entry for the tuple, for a looped-back service connection its counterpart, and (with a map for it) the
 * entry that ICMP errors about the connection will match.
 */
static __always_inline int ct_create4(struct __sk_buff *ctx, void *map, void *map_related,
				      struct ipv4_ct_tuple *tuple, const enum ct_dir dir,
				      const struct ct_state *state, bool proxy_redirect, bool from_l7lb)
{
	struct ct_entry entry;
	struct ipv4_ct_tuple key = *tuple;

	ct_new_entry(ctx, &entry, tuple->nexthdr == IPPROTO_TCP, dir, state, proxy_redirect, from_l7lb);
	cilium_dbg3(ctx, DBG_CT_CREATED4, entry.rev_nat_index, entry.src_sec_id, state->addr);
	if (map_update_elem(map, &key, &entry, BPF_ANY) < 0)
		goto full;

	if (state->addr && state->loopback) {
		key.flags = TUPLE_F_IN;
		if (dir == CT_INGRESS) {
			key.saddr = state->addr;
			key.daddr = state->svc_addr;
		} else {
			key.saddr = state->svc_addr;
			key.daddr = state->addr;
		}
		if (map_update_elem(map, &key, &entry, BPF_ANY) < 0) {
			*tuple = key; /* the original changes the tuple in place and back again, but not when it fails here */
			goto full;
		}
		key.saddr = tuple->saddr;
		key.daddr = tuple->daddr;
		key.flags = tuple->flags;
	}

	if (map_related) {
		key.sport = 0;
		key.dport = 0;
		key.nexthdr = IPPROTO_ICMP;
		key.flags |= TUPLE_F_RELATED;
		entry.seen_non_syn = 1;
		if (map_update_elem(map_related, &key, &entry, BPF_ANY) < 0)
			goto full;
	}
	return 0;

full:
	send_signal_ct_fill_up(ctx, SIGNAL_PROTO_V4);
	return DROP_CT_CREATE_FAILED;
}

#endif
