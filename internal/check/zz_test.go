package check_test
import ("testing";"os";"time";"errdex/internal/check";"errdex/internal/diag";"io/fs")
func TestZZ(t *testing.T){ fsys:=os.DirFS("/tmp/site"); site,m,list:=read(t,fsys)
 t0:=time.Now()
 list.Merge(check.Run(m,time.Now().AddDate(0,0,0))); t.Log(time.Since(t0)); list=check.Silence(site,list)
 diag.Text(os.Stdout,list,diag.Options{Source:func(f string)([]byte,error){return fs.ReadFile(fsys,f)}})}
