// Gorilla's websocket package as a peer, see ../peer.ts: `gorilla server|client compressed|plain`.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

const maxMessageBytes = 1<<24 + 1<<16

// A fragment is what fills the buffer of a connection, so the buffer is small.
const bufferBytes = 1024

type fields map[string]interface{}

var output sync.Mutex

func write(value fields) {
	line, _ := json.Marshal(value)
	output.Lock()
	defer output.Unlock()
	fmt.Printf("%s\n", line)
}

func main() {
	role, compressed := os.Args[1], os.Args[2] == "compressed"
	input := bufio.NewScanner(os.Stdin)
	if role == "server" {
		listen(compressed)
	} else {
		write(fields{"port": 0})
	}
	for input.Scan() {
		var order struct {
			URL       string
			Protocols []string
		}
		json.Unmarshal(input.Bytes(), &order)
		go dial(order.URL, order.Protocols, compressed)
	}
}

func listen(compressed bool) {
	upgrader := websocket.Upgrader{
		WriteBufferSize: bufferBytes, Subprotocols: []string{"chat.v2"}, EnableCompression: compressed,
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	write(fields{"port": listener.Addr().(*net.TCPAddr).Port})
	go http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/refuse/") {
			status, _ := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/refuse/"))
			w.WriteHeader(status)
			return
		}
		if conn, err := upgrader.Upgrade(w, r, nil); err == nil {
			attend(conn, r.URL.Path)
		}
	}))
}

func dial(address string, protocols []string, compressed bool) {
	dialer := websocket.Dialer{
		WriteBufferSize: bufferBytes, Subprotocols: protocols, EnableCompression: compressed,
	}
	path := "/"
	if parsed, err := url.Parse(address); err == nil {
		path = parsed.Path
	}
	conn, response, err := dialer.Dial(address, nil)
	if err == nil {
		attend(conn, path)
	} else if response != nil {
		write(fields{"line": path, "told": "refused", "status": response.StatusCode})
	}
}

// A line is one connection, and what it does with what it hears.
type line struct {
	conn         *websocket.Conn
	path         string
	isFragmented bool
}

func (l *line) tell(told string, more fields) {
	more["line"], more["told"] = l.path, told
	write(more)
}

func attend(conn *websocket.Conn, path string) {
	defer conn.Close()
	l := &line{conn: conn, path: path}
	conn.SetReadLimit(maxMessageBytes)
	conn.SetPongHandler(func(payload string) error {
		l.tell("pong", fields{"payload": payload})
		return nil
	})
	l.tell("open", fields{"protocol": conn.Subprotocol(), "extensions": ""})
	for {
		kind, message, err := conn.ReadMessage()
		if err != nil {
			l.tellEnd(err)
			return
		}
		l.hear(kind, message)
	}
}

func (l *line) tellEnd(err error) {
	var closed *websocket.CloseError
	if errors.As(err, &closed) {
		l.tell("closed", fields{"code": closed.Code, "reason": closed.Text})
		return
	}
	l.tell("closed", fields{"code": websocket.CloseAbnormalClosure, "reason": err.Error()})
}

func (l *line) hear(kind int, message []byte) {
	if kind == websocket.TextMessage && bytes.HasPrefix(message, []byte("!")) {
		l.obey(strings.Split(string(message[1:]), " "))
		return
	}
	name := "binary"
	if kind == websocket.TextMessage {
		name = "text"
	}
	l.tell("message", fields{"kind": name, "bytes": len(message)})
	l.send(kind, message)
}

func (l *line) obey(words []string) {
	switch words[0] {
	case "close":
		var payload []byte
		if len(words) > 1 {
			code, _ := strconv.Atoi(words[1])
			payload = websocket.FormatCloseMessage(code, strings.Join(words[2:], " "))
		}
		l.conn.WriteControl(websocket.CloseMessage, payload, time.Now().Add(time.Second))
	case "send":
		size, _ := strconv.Atoi(words[2])
		kind := websocket.TextMessage
		if words[1] == "binary" {
			kind = websocket.BinaryMessage
		}
		l.send(kind, bytes.Repeat([]byte("holdfast "), size/9+1)[:size])
	case "fragments":
		l.isFragmented = true
	case "ping":
		l.conn.WriteControl(websocket.PingMessage, []byte(words[1]), time.Now().Add(time.Second))
	}
}

func (l *line) send(kind int, message []byte) {
	if !l.isFragmented {
		l.conn.WriteMessage(kind, message)
		return
	}
	writer, err := l.conn.NextWriter(kind)
	if err != nil {
		return
	}
	io.Copy(writer, bytes.NewReader(message))
	writer.Close()
}
