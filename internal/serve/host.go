package serve

import (
	"net"
	"net/http"
	"strconv"
	"strings"
)

// hosts are the names by which the server may be asked for. A page of another site can be made to resolve to this machine (DNS rebinding) and would
// then read everything here as its own; its requests carry its own name.
type hosts map[string]bool

// newHosts allows this machine's names and the host of the address that was asked for, each with the port that is really open. Where the server
// listens on every address of the machine, each of them is allowed.
func newHosts(listening *net.TCPAddr, asked string) hosts {
	out := hosts{}
	port := strconv.Itoa(listening.Port)
	add := func(host string) {
		host = strings.ToLower(host)
		out[net.JoinHostPort(host, port)] = true
		if listening.Port == 80 { // a browser leaves it out
			if strings.Contains(host, ":") {
				host = "[" + host + "]"
			}
			out[host] = true
		}
	}
	for _, h := range []string{"localhost", "127.0.0.1", "::1"} {
		add(h)
	}
	if host, _, err := net.SplitHostPort(asked); err == nil && host != "" {
		add(host)
	}
	if listening.IP.IsUnspecified() {
		all, _ := net.InterfaceAddrs()
		for _, a := range all {
			if n, ok := a.(*net.IPNet); ok {
				add(n.IP.String())
			}
		}
	}
	return out
}

func (h hosts) allow(r *http.Request) bool { return h[strings.ToLower(r.Host)] }

// public returns the URL to print.
func public(listening *net.TCPAddr, asked string) string {
	host, _, _ := net.SplitHostPort(asked)
	if ip := net.ParseIP(host); host == "" || ip != nil && (ip.IsUnspecified() || ip.IsLoopback()) {
		host = "localhost"
		if ip != nil && ip.IsLoopback() {
			host = ip.String()
		}
	}
	return "http://" + net.JoinHostPort(host, strconv.Itoa(listening.Port)) + "/"
}
